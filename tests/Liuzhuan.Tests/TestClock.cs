namespace Liuzhuan.Tests;

/// <summary>A clock whose time of day stands still until it is moved; what is measured goes on, and is moved along. Timers run on the real one.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 5, 1, 30, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _start = now;

    private TimeSpan _leapt;

    public DateTimeOffset Now { get; set; } = now;

    public void Advance(TimeSpan by) => Now += by;

    /// <summary>The wall clock alone leaps, as when somebody sets it; the counter of the machine goes on as before.</summary>
    public void Leap(TimeSpan by)
    {
        Now += by;
        _leapt += by;
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => base.GetTimestamp() + (long)((Now - _start - _leapt).TotalSeconds * TimestampFrequency);
}
