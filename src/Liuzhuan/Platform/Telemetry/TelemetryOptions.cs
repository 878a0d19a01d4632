using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>Section "Telemetry": traces and metrics by OTLP. Off, and without cost, until there is an endpoint. The standard variables of OTLP for headers and certificates (OTEL_EXPORTER_OTLP_HEADERS and so on) work too.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Where a collector listens, for example <c>http://localhost:4318</c>. Without it OTEL_EXPORTER_OTLP_ENDPOINT counts.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>http</c> (OTLP over HTTP, usually port 4318) or <c>grpc</c> (usually port 4317).</summary>
    public TelemetryProtocol Protocol { get; init; } = TelemetryProtocol.Http;

    /// <summary>How many of a hundred requests that come without a trace of their own are traced. A caller's <c>traceparent</c> decides for its request.</summary>
    [Range(0, 100)]
    public int SamplePercent { get; init; } = 5;

    /// <summary>How often metrics are sent.</summary>
    [Between("1s", "1h")]
    public TimeSpan MetricsEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How this host is called in traces and metrics (service.instance.id); empty for its name on the network.</summary>
    public string Instance { get; init; } = "";
}

internal enum TelemetryProtocol
{
    Http,
    Grpc,
}
