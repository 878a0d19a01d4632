using System.Diagnostics.Metrics;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>Plugs in what tells of the running service: lines for requests, and the export where there is a collector.</summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this IServiceCollection services, LogOptions logs, TelemetryOptions telemetry)
    {
        services.AddSingleton(logs).AddSingleton<RequestLog>();
        if (TelemetryExport.EndpointOf(telemetry) is not { } endpoint) return;
        services.AddHostedService(provider => new TelemetryExport(endpoint, telemetry, provider.GetServices<Gauge>()));
    }

    /// <summary>A gauge with one value.</summary>
    public static void AddGauge(this IServiceCollection services, string name, string unit, string description, Func<IServiceProvider, double> read) =>
        services.AddSingleton(provider => new Gauge(name, unit, description, () => [new Measurement<double>(read(provider))]));
}
