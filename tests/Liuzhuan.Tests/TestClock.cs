namespace Liuzhuan.Tests;

/// <summary>A clock whose time of day stands still until it is moved; what is measured goes on, and is moved along. Timers run on the real one.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 5, 1, 30, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _start = now;

    public DateTimeOffset Now { get; set; } = now;

    public void Advance(TimeSpan by) => Now += by;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => base.GetTimestamp() + (long)((Now - _start).TotalSeconds * TimestampFrequency);
}
