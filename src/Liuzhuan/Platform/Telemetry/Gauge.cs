using System.Diagnostics.Metrics;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>Something whose present value is looked at when metrics are sent.</summary>
/// <param name="Read">The values now, each with what it belongs to (an attribute's name and value).</param>
internal sealed record Gauge(string Name, string Unit, string Description, Func<IEnumerable<Measurement<double>>> Read);
