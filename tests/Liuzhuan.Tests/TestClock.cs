namespace Liuzhuan.Tests;

/// <summary>A clock that stands still until it is moved; timers run on the real one.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 5, 1, 30, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
