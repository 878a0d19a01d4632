namespace Liuzhuan.Platform.Data;

/// <summary>Instants as both databases keep them: UTC, whole microseconds since 1970 (PostgreSQL's precision).</summary>
internal static class Instants
{
    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Cut to the microsecond, so that what is stored equals what was told.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant) => FromMicroseconds(ToMicroseconds(instant));
}
