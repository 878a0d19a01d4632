using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>The years that come with the product (data/calendars/cn).</summary>
internal static class ShippedCalendars
{
    private const string Prefix = "calendars/cn/";

    private static readonly Lazy<IReadOnlyList<CalendarYear>> FromProgram = new(ReadYears);

    /// <summary>All years, oldest first.</summary>
    public static IReadOnlyList<CalendarYear> Years => FromProgram.Value;

    /// <summary>The text of a file of that folder.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(ShippedCalendars).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new InvalidOperationException($"Resource {Prefix}{name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static List<CalendarYear> ReadYears()
    {
        var names = typeof(ShippedCalendars).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix + "2", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. names.Select(name => CalendarFile.Read(Read(name[Prefix.Length..]), name).Ok(out var year, out var refusal) ? year : throw new RefusedException(refusal))];
    }
}
