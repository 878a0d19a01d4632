using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Questions;

/// <summary>The bytes of answers: compact JSON, members always in this order, so that <c>JSON.stringify</c> of the parsed text gives the same bytes.</summary>
internal static class AnswerJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The part that the ledger's leaf commits to.</summary>
    /// <param name="question">SHA-256 of salt and request body, hex.</param>
    public static byte[] Answer(string question, IReadOnlyList<FactAnswer> facts, DateTimeOffset now)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(bytes, Compact);
        json.WriteStartObject();
        json.WriteString("question", question);
        json.WriteStartArray("facts");
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            WriteCore(json, fact);
            json.WriteString("register", fact.Register);
            json.WriteString("asOf", fact.AsOf.UtcDateTime);
            json.WriteNumber("ageSeconds", (long)Math.Max(0, (now - fact.AsOf).TotalSeconds));
            json.WriteString("grant", fact.Grant.Id);
            json.WriteString("provision", fact.Grant.Provision);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The answer core: the same bytes whether asked alone or in a batch.</summary>
    public static void WriteCore(Utf8JsonWriter json, FactAnswer fact)
    {
        json.WriteString("fact", fact.Fact.Id);
        json.WriteString("verdict", fact.Core.Verdict.Code());
        json.WriteStartArray("differing");
        foreach (var field in fact.Core.DifferingFields(fact.Fact.Schema)) json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in fact.Core.NoteColumn(fact.Fact.Schema)) json.WriteStringValue(note);
        json.WriteEndArray();
    }

    /// <summary>The whole body of a response.</summary>
    /// <param name="ledger">Name of the log, its checkpoint's first line.</param>
    public static byte[] Response(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> salt, string ledger, LedgerReceipt receipt)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(bytes, Compact);
        json.WriteStartObject();
        json.WritePropertyName("answer");
        json.WriteRawValue(answer, skipInputValidation: true);
        json.WriteBase64String("salt", salt);
        json.WriteStartObject("receipt");
        json.WriteString("ledger", ledger);
        json.WriteNumber("position", receipt.Position);
        json.WriteBase64String("leaf", receipt.Leaf.Span);
        json.WriteStartArray("path");
        foreach (var hash in receipt.Path) json.WriteBase64StringValue(hash.Span);
        json.WriteEndArray();
        json.WriteString("checkpoint", receipt.Checkpoint);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
