using System.Diagnostics;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>Gives requests of machines their line in the log and names their span, by the route and never by the address: an address may hold what it should not.</summary>
internal sealed partial class RequestLog(LogOptions options, TimeProvider clock, ILogger<RequestLog> log)
{
    public async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<ForMachinesMetadata>() is null)
        {
            await next(http);
            return;
        }

        var (notes, begun) = (new RequestNotes(), clock.GetTimestamp());
        http.Features.Set(notes);
        var isAnswered = false;
        try
        {
            await next(http);
            isAnswered = true;
        }
        finally
        {
            var status = isAnswered ? http.Response.StatusCode : StatusCodes.Status500InternalServerError;
            var route = endpoint.RoutePattern.RawText ?? "";
            var method = Known(http.Request.Method);
            if (Activity.Current is { IsAllDataRequested: true } span) SpanTags.Describe(span, method, route, status, notes);
            if (options.Requests == LoggedRequests.All || (options.Requests == LoggedRequests.Refused && status >= StatusCodes.Status400BadRequest))
                Served(method, route, status, notes.Code ?? "-", clock.GetElapsedTime(begun).TotalMilliseconds, notes.Client ?? "-", Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.TraceId.ToHexString() : "-");
        }
    }

    // A method is free text of the caller's.
    private static string Known(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "other";

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} {Code} in {Milliseconds:0.0} ms for {Client}, trace {Trace}")]
    private partial void Served(string method, string route, int status, string code, double milliseconds, string client, string trace);
}
