using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Liuzhuan.Platform.Health;

/// <summary>All findings of one look; the worst is that of the service.</summary>
internal sealed record HealthReport(IReadOnlyList<(string Name, HealthFinding Finding)> Findings)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public HealthState State => Findings.Max(one => one.Finding.State);

    /// <summary>The code of a state.</summary>
    public static string Code(HealthState state) => state switch
    {
        HealthState.Healthy => "healthy",
        HealthState.Degraded => "degraded",
        _ => "dead",
    };

    public ReadOnlyMemory<byte> ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(bytes, Readable);
        json.WriteStartObject();
        json.WriteString("status", Code(State));
        json.WriteStartArray("checks");
        foreach (var (name, finding) in Findings)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("state", Code(finding.State));
            json.WriteString("zh", finding.Chinese);
            json.WriteString("en", finding.English);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
