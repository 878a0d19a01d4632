using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>Place and time as a leaf tells them itself; read without parsing the rest, for a check reads millions.</summary>
internal readonly record struct LeafHead(long Position, DateTimeOffset At)
{
    private const int TimeLength = 27;

    /// <summary>False for bytes that no writer of this ledger makes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> leaf, out LeafHead head)
    {
        head = default;
        if (!leaf.StartsWith("{\"position\":"u8)) return false;
        leaf = leaf["{\"position\":"u8.Length..];
        if (!Utf8Parser.TryParse(leaf, out long position, out var length) || position < 0) return false;
        leaf = leaf[length..];
        if (!leaf.StartsWith(",\"at\":\""u8) || leaf.Length < ",\"at\":\""u8.Length + TimeLength + 2 || leaf[^1] != '}') return false;
        leaf = leaf[",\"at\":\""u8.Length..];
        Span<char> time = stackalloc char[TimeLength];
        Encoding.ASCII.GetChars(leaf[..TimeLength], time);
        if (leaf[TimeLength] != '"' || !TryTime(time, out var at)) return false;
        head = new LeafHead(position, at);
        return true;
    }

    // 2026-11-22T08:00:00.123456Z
    private static bool TryTime(ReadOnlySpan<char> text, out DateTimeOffset at)
    {
        at = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, '.', _, _, _, _, _, _, 'Z']) return false;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return false;
        if (!Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second) || !Number(text[20..26], out var micros)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        at = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(micros * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
