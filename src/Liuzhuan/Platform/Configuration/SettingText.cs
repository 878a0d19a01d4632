using System.Collections;
using System.Globalization;

namespace Liuzhuan.Platform.Configuration;

/// <summary>The one way in which options are written as text: whole numbers, lengths of time (<c>30s</c>), sizes (<c>512MB</c>), addresses, words, lists.</summary>
internal static class SettingText
{
    private const char ListSeparator = ';';

    private static readonly (string Unit, long Bytes)[] Sizes = [("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    // The longest name that fits comes first; "ms" before "m" and "s".
    private static readonly (string Unit, long Ticks)[] Times =
        [("ms", TimeSpan.TicksPerMillisecond), ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)];

    private static readonly Type[] Simple = [typeof(string), typeof(int), typeof(long), typeof(TimeSpan), typeof(Uri), typeof(IReadOnlyList<string>)];

    /// <summary>Can options of this type be written as text?</summary>
    public static bool Knows(Type type) => Simple.Contains(Inner(type)) || Inner(type).IsEnum;

    /// <summary>What a text must look like for this type, for sentences.</summary>
    public static (string Chinese, string English) Form(Type type) => Inner(type) switch
    {
        { IsEnum: true } words => ($"只能是 {string.Join("、", Words(words))}", $"one of {string.Join(", ", Words(words))}"),
        var other when other == typeof(int) => ("整数", "a whole number"),
        var other when other == typeof(long) => ("大小，如 512MB、8GB", "a size such as 512MB or 8GB"),
        var other when other == typeof(TimeSpan) => ("时长，如 500ms、30s、5m、12h、7d", "a length of time such as 500ms, 30s, 5m, 12h or 7d"),
        var other when other == typeof(Uri) => ("完整的地址，如 https://hecha.example.gov.cn", "a whole address such as https://verify.example.gov.cn"),
        var other when other == typeof(IReadOnlyList<string>) => ("用分号隔开的文字", "texts separated by semicolons"),
        _ => ("文字", "a text"),
    };

    public static bool TryRead(Type type, string text, out object? value)
    {
        var inner = Inner(type);
        value = inner.IsEnum ? Word(inner, text)
            : inner == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null
            : inner == typeof(long) ? Amount(text, Sizes)
            : inner == typeof(TimeSpan) ? Amount(text, Times) is { } ticks ? TimeSpan.FromTicks(ticks) : null
            : inner == typeof(Uri) ? Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null
            : inner == typeof(IReadOnlyList<string>) ? text.Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : text;
        return value is not null;
    }

    /// <summary>The shortest text that is read as this value; empty for nothing.</summary>
    public static string Write(object? value) => value switch
    {
        null => "",
        Enum word => Lower(word.ToString()),
        long size => Amount(size, Sizes),
        TimeSpan time => Amount(time.Ticks, Times),
        string text => text,
        IEnumerable list => string.Join(ListSeparator, list.Cast<object>()),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static Type Inner(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(Lower);

    private static object? Word(Type type, string text) => Enum.GetNames(type).FirstOrDefault(name => Lower(name) == text) is { } found ? Enum.Parse(type, found) : null;

    private static string Lower(string word) => word.ToLowerInvariant();

    // A number without a unit is taken for a size only: 7 could be days or seconds.
    private static long? Amount(string text, (string Unit, long One)[] units)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var unit = digits == text.Length && ReferenceEquals(units, Sizes) ? "B" : text[digits..];
        var one = units.FirstOrDefault(known => known.Unit == unit).One;
        return one > 0 && number <= long.MaxValue / one ? number * one : null;
    }

    private static string Amount(long value, (string Unit, long One)[] units)
    {
        if (value == 0) return $"0{units[^1].Unit}";
        var (unit, one) = units.Where(known => value % known.One == 0).MaxBy(known => known.One);
        return string.Create(CultureInfo.InvariantCulture, $"{value / one}{unit}");
    }
}
