using System.Diagnostics.Metrics;
using Liuzhuan.Platform.Hosting;
using Liuzhuan.Platform.Telemetry;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Health;

/// <summary>Plugs in the service's health: whether the process lives, whether it may be sent questions, and why not.</summary>
internal static class HealthApi
{
    private const string Service = "service";

    private static readonly (string, HealthFinding) Running = (Service, HealthFinding.Healthy("服务正在运行。", "The service runs."));

    private static readonly HealthReport Ending = new([(Service, HealthFinding.Dead("服务正在停止：不再派给它新的请求；停止完成后可重新启动。", "The service is ending: send it no new requests. It can be started again once it has ended."))]);

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<HealthDesk>().AddHostedService<HealthWatch>();
        services.AddSingleton(provider => new Gauge("liuzhuan.health", "{state}", "0 healthy, 1 degraded, 2 dead, by check", () => Measure(provider.GetRequiredService<HealthDesk>())));
    }

    /// <summary>Maps the addresses that anybody may read; a group must say so.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => Results.Text("ok\n"));
        routes.MapGet("/health/live", () => Results.Text("ok\n")).MarkForMachines();
        routes.MapGet("/health/ready", async (HttpContext http, HealthDesk desk, Departure departure) =>
        {
            // That it ends must be known at once, and not when a look is due again.
            var report = departure.IsUnderWay ? Ending : new HealthReport([Running, .. (await desk.LookAsync(http.RequestAborted)).Findings]);
            // A body of its own: the page for errors must not take its place.
            (http.Response.StatusCode, http.Response.ContentType) = (report.State == HealthState.Dead ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, "application/json; charset=utf-8");
            await http.Response.Body.WriteAsync(report.ToJson(), http.RequestAborted);
        });
    }

    // What was found last; a metric does not start a look of its own.
    private static IEnumerable<Measurement<double>> Measure(HealthDesk desk) =>
        desk.Last?.Findings.Select(one => new Measurement<double>((int)one.Finding.State, new KeyValuePair<string, object?>("check", one.Name))) ?? [];
}
