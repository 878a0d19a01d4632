using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger;

/// <summary>A receipt as JSON, to be kept by whoever was answered and checked years later with the ledger's public key and nothing else.</summary>
internal static class ReceiptFile
{
    public static readonly Refusal Malformed = new("ledger.receipt-malformed",
        "收据的格式不对：应是含有 ledger、position、leaf、path、checkpoint 的一个 JSON 对象，请使用原件。",
        "The receipt is malformed: it is one JSON object with ledger, position, leaf, path and checkpoint. Use the original.");

    public static readonly Refusal Wrong = new("ledger.receipt-wrong",
        "收据不成立：其中的条目不在检查点所签的账本里，条目、位置或路径被改动过。请向出具方索取原件，并保留这一份作为证据。",
        "The receipt does not hold: its entry is not in the ledger that the checkpoint signs; entry, position or path was changed. Ask its issuer for the original, and keep this one as evidence.");

    private const int LongestReceipt = 1 << 20, LongestPath = 64;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="origin">The name of the log.</param>
    public static byte[] Write(LedgerReceipt receipt, string origin)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("ledger", origin);
            json.WriteNumber("position", receipt.Position);
            json.WriteBase64String("leaf", receipt.Leaf.Span);
            json.WriteStartArray("path");
            foreach (var hash in receipt.Path) json.WriteBase64StringValue(hash.Span);
            json.WriteEndArray();
            json.WriteString("checkpoint", receipt.Checkpoint);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The receipt when it holds: the entry is in the log that the key's checkpoint signs, at the place that the entry itself tells.</summary>
    public static Result<LedgerReceipt> Check(ReadOnlyMemory<byte> file, NoteKey key)
    {
        if (file.Length > LongestReceipt || Read(file) is not { } receipt) return Malformed;
        if (!Checkpoint.Open(receipt.Checkpoint, key).Ok(out var checkpoint, out var refusal)) return refusal;
        return LeafHead.TryRead(receipt.Leaf.Span, out var head) && head.Position == receipt.Position
            && TreeProofs.VerifyInclusion(TreeHash.OfLeaf(receipt.Leaf.Span), receipt.Position, checkpoint.Size, [.. receipt.Path.Select(hash => TreeHash.Read(hash.Span))], checkpoint.Root)
            ? receipt with { At = head.At }
            : Wrong;
    }

    private static LedgerReceipt? Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var parsed = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 3 });
            var root = parsed.RootElement;
            var path = root.GetProperty("path").EnumerateArray().Select(hash => (ReadOnlyMemory<byte>)hash.GetBytesFromBase64()).ToList();
            if (path.Count > LongestPath || path.Exists(hash => hash.Length != TreeHash.Size) || root.GetProperty("ledger").GetString() is null || root.GetProperty("checkpoint").GetString() is not { } note) return null;
            return new LedgerReceipt(root.GetProperty("position").GetInt64(), default, root.GetProperty("leaf").GetBytesFromBase64(), path, note);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
