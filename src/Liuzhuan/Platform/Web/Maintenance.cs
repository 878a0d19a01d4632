using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Web;

/// <summary>While the file <c>maintenance</c> lies in the data folder, people get a page that says so and machines a problem that says when to try again; health, keys and the ledger's proofs stay.</summary>
internal sealed class Maintenance(string folder, TimeProvider clock)
{
    public static readonly Refusal Under = new("service.maintenance",
        "服务正在维护，已收到的内容都在。请几分钟后用同一个 Idempotency-Key 重试。",
        "The service is under maintenance; what it received is safe. Try again in a few minutes with the same Idempotency-Key.", StatusCodes.Status503ServiceUnavailable);

    private const string RetrySeconds = "120";

    private static readonly string[] Machines = ["/api", "/oauth"], Kept = ["/health", "/ledger", "/css", "/js", "/lib", "/icon.svg", "/.well-known", "/error"];

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private long _lookedAt;
    private bool _isOn;

    /// <summary>Where the file lies.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "maintenance");

    /// <summary>Stands before everything that does work.</summary>
    public async Task StandAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsOn() || Array.Exists(Kept, path => context.Request.Path.StartsWithSegments(path)))
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = RetrySeconds;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (!Array.Exists(Machines, path => context.Request.Path.StartsWithSegments(path))) return;
        var problem = Problem.From(Under, context.Request);
        problem.SetHead(context.Response);
        await context.Response.Body.WriteAsync(problem.Body, context.RequestAborted);
    }

    private bool IsOn()
    {
        if (_lookedAt != 0 && clock.GetElapsedTime(_lookedAt) < Freshness) return _isOn;
        (_isOn, _lookedAt) = (File.Exists(PathIn(folder)), clock.GetTimestamp());
        return _isOn;
    }
}
