using System.Diagnostics;
using OpenTelemetry;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>What leaves this process about a request's span: only what is listed here, and only for requests of machines. Whatever else the web server notes, such as the address, stays.</summary>
internal sealed class SpanTags : BaseProcessor<Activity>
{
    private const string Method = "http.request.method", Route = "http.route", Status = "http.response.status_code", Code = "liuzhuan.code", Client = "liuzhuan.client", Described = "liuzhuan.described";

    private static readonly HashSet<string> Allowed = [Method, Route, Status, Code, Client];

    public static void Describe(Activity span, string method, string route, int status, RequestNotes notes)
    {
        span.DisplayName = $"{method} {route}";
        span.SetTag(Method, method).SetTag(Route, route).SetTag(Status, status).SetTag(Code, notes.Code).SetTag(Client, notes.Client);
        if (status >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
        span.SetCustomProperty(Described, Described);
    }

    /// <summary>Called before the exporter's own processor.</summary>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Traces.Name) return;
        if (data.GetCustomProperty(Described) is null) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        foreach (var (name, _) in data.TagObjects.ToList())
        {
            if (!Allowed.Contains(name)) data.SetTag(name, null);
        }
    }
}
