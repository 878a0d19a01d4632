using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liuzhuan.Exchange;

/// <summary>Writes report.json: what was verified against which register, and what came out. Keys are English and stable.</summary>
internal static class ReportFile
{
    private static readonly ReportJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    // Most verifications write no report: whoever might must not load the library for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(Stream output, VerifyReport report) => JsonSerializer.Serialize(output, report, Json.VerifyReport);
}

[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
