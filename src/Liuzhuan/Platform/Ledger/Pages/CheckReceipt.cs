using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger.Pages;

/// <summary>Checks what somebody was given, a receipt or a whole answer with its receipt inside, against this ledger's keys. Nothing of it is kept.</summary>
internal static class CheckReceipt
{
    public const int MostCharacters = 256 << 10;

    public static readonly Refusal OtherAnswer = new("ledger.receipt-other-answer",
        "收据成立，但它记的不是这份答复：答复的内容被改动过，或者配错了收据。请向出具方索取原件，并保留这一份作为证据。",
        "The receipt holds, but not for this answer: the answer was changed, or belongs to another receipt. Ask its issuer for the original, and keep this one as evidence.");

    /// <param name="text">JSON: a receipt, or an object with <c>answer</c>, <c>salt</c> and <c>receipt</c> as POST /api/questions gives it.</param>
    /// <param name="keys">The ledger's keys, those of earlier times too; each knows its checkpoints.</param>
    public static Result<CheckedReceipt> Check(string text, IReadOnlyList<NoteKey> keys)
    {
        if (text.Length > MostCharacters || Parts(text) is not { } parts) return ReceiptFile.Malformed;
        Refusal? last = null;
        foreach (var key in keys)
        {
            if (!ReceiptFile.Check(parts.Receipt, key).Ok(out var receipt, out var refusal))
            {
                last = last is null || refusal.Code == ReceiptFile.Wrong.Code ? refusal : last;
                continue;
            }

            if (parts.Answer is { } answer && !IsLogged(receipt.Leaf, answer)) return OtherAnswer;
            return new CheckedReceipt(receipt.Position, receipt.At, key.Name, Encoding.UTF8.GetString(receipt.Leaf.Span), HoldsAnswer: parts.Answer is not null);
        }

        return last ?? ReceiptFile.Malformed;
    }

    private static (byte[] Receipt, byte[]? Answer)? Parts(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            var root = parsed.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (!root.TryGetProperty("receipt", out var receipt)) return (Encoding.UTF8.GetBytes(root.GetRawText()), null);
            // The digest was taken over the very bytes of the answer, behind its salt.
            return (Encoding.UTF8.GetBytes(receipt.GetRawText()), [.. root.GetProperty("salt").GetBytesFromBase64(), .. Encoding.UTF8.GetBytes(root.GetProperty("answer").GetRawText())]);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool IsLogged(ReadOnlyMemory<byte> leaf, byte[] saltedAnswer)
    {
        using var parsed = JsonDocument.Parse(leaf);
        return parsed.RootElement.TryGetProperty("detail", out var detail) && detail.TryGetProperty("answer", out var digest)
            && digest.ValueEquals(Convert.ToHexStringLower(SHA256.HashData(saltedAnswer)));
    }
}

/// <summary>An entry that is proved to be in the ledger.</summary>
/// <param name="Leaf">Its own bytes, as text.</param>
/// <param name="HoldsAnswer">An answer was given too, and is the one that the entry logged.</param>
internal sealed record CheckedReceipt(long Position, DateTimeOffset At, string Ledger, string Leaf, bool HoldsAnswer);
