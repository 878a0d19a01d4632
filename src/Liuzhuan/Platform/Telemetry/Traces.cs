using System.Diagnostics;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>The service's own spans. Their attributes are counts and codes, never anything of a person. Without a listener a span is null and costs nothing.</summary>
internal static class Traces
{
    /// <summary>The source of our spans.</summary>
    public const string Name = "Liuzhuan";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A span within the one under way.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>A span that goes on where a request left off, perhaps on another host and days ago.</summary>
    /// <param name="parent">A traceparent (W3C Trace Context); null or unreadable for a span of its own.</param>
    public static Activity? Continue(string name, string? parent) =>
        Source.StartActivity(name, ActivityKind.Consumer, ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? context : default);

    /// <summary>The traceparent with which later work can go on from here; null where nothing is traced.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;
}
