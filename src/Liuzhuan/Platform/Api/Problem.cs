using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Platform.Api;

/// <summary>A refusal as RFC 9457 problem details: its stable code, what it is called, cause and remedy in the caller's language, and a page that explains it.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>The field that says the code outside of the body, which the answer to a HEAD does not have (RFC 9110 section 9.3.2).</summary>
    public const string CodeField = "Problem-Code";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ApiReply From(Refusal refusal, HttpRequest request)
    {
        if (RequestNotes.Of(request.HttpContext) is { } notes) notes.Code = refusal.Code;
        Meters.Refused(refusal.Code);
        var language = LanguageOf(request);
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("type", $"/problems/{refusal.Code}");
            json.WriteString("title", ProblemCatalogue.TitleOf(refusal).In(language));
            json.WriteNumber("status", refusal.Status);
            json.WriteString("detail", refusal.In(language));
            json.WriteString("code", refusal.Code);
            if (Activity.Current is { } activity) json.WriteString("trace", activity.TraceId.ToHexString());
            json.WriteEndObject();
        }

        return new ApiReply(refusal.Status, ContentType, bytes.WrittenMemory) { Fields = [("Content-Language", language == "en" ? "en" : "zh-CN"), (CodeField, refusal.Code)] };
    }

    // Chinese first; English for whoever asks for it before Chinese.
    private static string LanguageOf(HttpRequest request)
    {
        var accepted = request.Headers.AcceptLanguage.ToString();
        var english = accepted.IndexOf("en", StringComparison.OrdinalIgnoreCase);
        var chinese = accepted.IndexOf("zh", StringComparison.OrdinalIgnoreCase);
        return english >= 0 && (chinese < 0 || english < chinese) ? "en" : "zh";
    }
}
