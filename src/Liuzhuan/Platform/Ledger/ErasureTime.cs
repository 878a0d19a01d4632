using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liuzhuan.Platform.Ledger;

/// <summary>
/// The instant by which something is due to be erased. Erasing cannot be taken back and network logs must be kept for six months at least (Cybersecurity Law
/// art. 21), so a clock that leapt ahead is not believed before it has held for a day: until then nothing is erased. A day's delay harms nobody.
/// </summary>
internal sealed partial class ErasureTime(Ledger ledger, TimeProvider clock, ILogger<ErasureTime> log)
{
    /// <summary>How long a clock that leapt ahead must hold.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromDays(1);

    /// <summary>By how much a clock that is believed may be ahead: across a restart there is only the ledger's last entry to go by. What guards against replay is kept for so much longer.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromDays(1);

    // While this runs, the wall clock and the counter of the machine may drift apart by this.
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(5);

    private readonly Lock _turn = new();
    private Reading? _start, _believed, _doubted;

    /// <summary>Begins to watch the clock. Later is late: what it does before is not noticed.</summary>
    public Task BeginAsync(CancellationToken stop) => NowAsync(stop);

    /// <summary>Now; null while the clock is in doubt.</summary>
    public async Task<DateTimeOffset?> NowAsync(CancellationToken stop)
    {
        // Read once: what is logged under a clock that is wrong tells nothing about it.
        var head = _start is null ? await ledger.Log.HeadAsync(stop) : LedgerHead.Empty;
        lock (_turn)
        {
            var now = new Reading(clock.GetUtcNow(), clock.GetTimestamp());
            _start ??= new Reading(head.Size > 0 ? head.WrittenAt : now.Wall, now.Counter);
            var isAhead = _believed is { } before ? now.Wall - Expected(before, now) > Drift : now.Wall - Expected(_start, now) > Doubt;
            if (isAhead && !IsProved(now)) return null;
            (_believed, _doubted) = (now, null);
            return now.Wall;
        }
    }

    // One that goes on leaping has to prove itself anew.
    private bool IsProved(Reading now)
    {
        if (_doubted is { } since && (now.Wall - Expected(since, now)).Duration() <= Drift) return clock.GetElapsedTime(since.Counter, now.Counter) >= Proof;
        _doubted = now;
        Doubted(Proof);
        return false;
    }

    private DateTimeOffset Expected(Reading before, Reading now) => before.Wall + clock.GetElapsedTime(before.Counter, now.Counter);

    private sealed record Reading(DateTimeOffset Wall, long Counter);

    [LoggerMessage(LogLevel.Warning, "The clock leapt ahead, or nothing was logged for long; nothing is erased until it has held for {Proof}. Check the time service of this host")]
    private partial void Doubted(TimeSpan proof);
}

/// <summary>One for each process, whoever asks for it first.</summary>
internal static class ErasureTimeSetup
{
    public static IServiceCollection AddErasureTime(this IServiceCollection services)
    {
        services.TryAddSingleton<ErasureTime>();
        return services;
    }
}
