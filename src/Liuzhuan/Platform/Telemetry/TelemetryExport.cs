using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>Sends traces and metrics to a collector while the service runs. What is still in hand when it ends is sent before the process goes.</summary>
internal sealed class TelemetryExport(Uri endpoint, TelemetryOptions options, IEnumerable<Gauge> gauges) : IHostedLifecycleService, IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT", WebServer = "Microsoft.AspNetCore";
    private const int FlushMilliseconds = 5000;

    private Meter? _meter;
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Where to send to, by our option or else by the standard variable; null for nowhere.</summary>
    public static Uri? EndpointOf(TelemetryOptions options) =>
        options.Endpoint ?? (Uri.TryCreate(Environment.GetEnvironmentVariable(EndpointVariable), UriKind.Absolute, out var standard) ? standard : null);

    // Before the first request.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("liuzhuan", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3),
            autoGenerateServiceInstanceId: false, serviceInstanceId: options.Instance.Length > 0 ? options.Instance : Environment.MachineName);
        _meter = new Meter(Meters.Name);
        foreach (var gauge in gauges) _meter.CreateObservableGauge(gauge.Name, gauge.Read, gauge.Unit, gauge.Description);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Traces.Name, WebServer)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SamplePercent / 100.0)))
            .AddProcessor(new SpanTags()).AddOtlpExporter(export => Configure(export, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters.Name)
            .AddOtlpExporter((export, reading) =>
            {
                Configure(export, "v1/metrics");
                reading.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsEvery.TotalMilliseconds;
            }).Build();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // When the last request is answered and the last batch handed back. A collector that is away must not keep the process.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _traces?.ForceFlush(FlushMilliseconds);
        _metrics?.ForceFlush(FlushMilliseconds);
    }, CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _meter?.Dispose();
    }

    private void Configure(OtlpExporterOptions export, string path)
    {
        export.Protocol = options.Protocol == TelemetryProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        export.Endpoint = options.Protocol == TelemetryProtocol.Grpc ? endpoint : new Uri($"{endpoint.ToString().TrimEnd('/')}/{path}");
        export.TimeoutMilliseconds = FlushMilliseconds;
    }
}
