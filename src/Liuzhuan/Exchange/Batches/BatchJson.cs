using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Batches;

/// <summary>The bytes in which the interface tells of batches: compact JSON, members always in this order.</summary>
internal static class BatchJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string UrlOf(string id) => $"/api/batches/{id}";

    /// <summary>Column choices as they are stored.</summary>
    public static string Columns(IReadOnlyDictionary<string, string> columns) => JsonSerializer.Serialize(columns, BatchBodyJson.Default.Columns);

    public static IReadOnlyDictionary<string, string> Columns(string stored) => JsonSerializer.Deserialize(stored, BatchBodyJson.Default.Columns) ?? new Dictionary<string, string>();

    /// <summary>One batch with everything there is to know.</summary>
    public static byte[] Status(Batch batch, DateTimeOffset? forecast, DateTimeOffset now) => Written(json =>
    {
        json.WriteStartObject();
        WriteHead(json, batch);
        json.WriteString("sha256", batch.Sha256);
        WriteNames(json, "leftOut", batch.LeftOut);
        if (batch.SealedUntil is { } day) json.WriteString("sealedUntil", day);
        WriteUpload(json, batch);
        json.WriteNumber("rowsDone", batch.RowsDone);
        json.WriteNumber("progress", batch.ShareDone / 1000m);
        if (forecast is { } at) json.WriteString("forecast", at.UtcDateTime);
        else json.WriteNull("forecast");
        WriteInstant(json, "endedAt", batch.EndedAt);
        WriteRefusal(json, batch);
        if (batch.State == BatchStates.Done) WriteOutcome(json, batch, now);
        if (batch.ReceivedBytes > 0 && batch.HasContents(now) && !BatchStates.Open.Contains(batch.State)) WriteInstant(json, "expiresAt", batch.ExpiresAt);
        WriteInstant(json, "erasedAt", batch.ErasedAt);
        json.WriteEndObject();
    });

    /// <summary>A page of a client's batches.</summary>
    /// <param name="next">What brings the next page; null at the end.</param>
    public static byte[] List(IReadOnlyList<Batch> batches, string? next) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("batches");
        foreach (var batch in batches)
        {
            json.WriteStartObject();
            WriteHead(json, batch);
            WriteInstant(json, "endedAt", batch.EndedAt);
            json.WriteString("url", UrlOf(batch.Id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (next is null) json.WriteNull("next");
        else json.WriteString("next", next);
        json.WriteEndObject();
    });

    /// <summary>The figures that stay, and the proof that they are in the ledger: <c>statement</c> is the detail of the receipt's leaf.</summary>
    /// <param name="ledger">Name of the log, its checkpoint's first line.</param>
    public static byte[] Manifest(Batch batch, string ledger, LedgerReceipt receipt) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", batch.Name);
        json.WritePropertyName("statement");
        json.WriteRawValue(batch.Statement ?? "null", skipInputValidation: true);
        json.WriteStartObject("receipt");
        json.WriteString("ledger", ledger);
        json.WriteNumber("position", receipt.Position);
        json.WriteString("at", receipt.At.UtcDateTime);
        json.WriteBase64String("leaf", receipt.Leaf.Span);
        json.WriteStartArray("path");
        foreach (var hash in receipt.Path) json.WriteBase64StringValue(hash.Span);
        json.WriteEndArray();
        json.WriteString("checkpoint", receipt.Checkpoint);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteHead(Utf8JsonWriter json, Batch batch)
    {
        json.WriteString("id", batch.Id);
        json.WriteString("state", batch.State);
        json.WriteString("fact", batch.Fact);
        json.WriteString("purpose", batch.Purpose);
        json.WriteString("name", batch.Name);
        json.WriteNumber("bytes", batch.Bytes);
        WriteInstant(json, "openedAt", batch.OpenedAt);
    }

    // Where and how the file is sent, for as long as it is awaited.
    private static void WriteUpload(Utf8JsonWriter json, Batch batch)
    {
        if (batch.State != BatchStates.Receiving) return;
        json.WriteStartObject("upload");
        json.WriteString("url", $"{UrlOf(batch.Id)}/content");
        json.WriteString("method", batch.Bytes <= ReceiveContent.MostPart ? "PUT" : "PATCH");
        json.WriteNumber("received", batch.ReceivedBytes);
        json.WriteNumber("mostPart", ReceiveContent.MostPart);
        json.WriteNumber("leastPart", ReceiveContent.LeastPart);
        WriteInstant(json, "expiresAt", batch.ExpiresAt);
        json.WriteEndObject();
    }

    private static void WriteRefusal(Utf8JsonWriter json, Batch batch)
    {
        if (batch.RefusalCode is not { } code) return;
        json.WriteStartObject("refusal");
        json.WriteString("type", $"/problems/{code}");
        json.WriteString("code", code);
        json.WriteString("zh", batch.RefusalZh);
        json.WriteString("en", batch.RefusalEn);
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, Batch batch, DateTimeOffset now)
    {
        using var statement = JsonDocument.Parse(Encoding.UTF8.GetBytes(batch.Statement ?? "{}"));
        json.WriteStartObject("counts");
        foreach (var name in new[] { "rows", "verdicts", "reasons" })
        {
            json.WritePropertyName(name);
            statement.RootElement.GetProperty(name).WriteTo(json);
        }

        json.WriteEndObject();
        if (batch.HasContents(now))
        {
            json.WriteString("result", $"{UrlOf(batch.Id)}/result");
            json.WriteString("problems", $"{UrlOf(batch.Id)}/problems");
        }

        json.WriteString("manifest", $"{UrlOf(batch.Id)}/manifest");
    }

    private static void WriteNames(Utf8JsonWriter json, string member, string joined)
    {
        json.WriteStartArray(member);
        foreach (var name in joined.Split(',', StringSplitOptions.RemoveEmptyEntries)) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter json, string member, DateTimeOffset? at)
    {
        if (at is { } instant) json.WriteString(member, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Compact);
        write(json);
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
