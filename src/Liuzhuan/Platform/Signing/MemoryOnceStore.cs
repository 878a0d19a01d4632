namespace Liuzhuan.Platform.Signing;

/// <summary>Remembers in memory, for one host. What was made before it began is unknown to it, so that a restart opens no second chance.</summary>
/// <param name="most">How many values are kept, at about 40 bytes each.</param>
internal sealed class MemoryOnceStore(TimeProvider clock, int most = 2_000_000) : OnceStore
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Dictionary<long, HashSet<UInt128>> _slices = [];

    // Messages tell their time in whole seconds.
    private readonly DateTimeOffset _began = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
    private readonly long _beganAt = clock.GetTimestamp();
    private int _count;

    public override ValueTask<OnceUse> UseAsync(string scope, string value, DateTimeOffset made, DateTimeOffset until, CancellationToken stop)
    {
        var digest = Digest(scope, value);
        var wall = clock.GetUtcNow();
        var (now, slice) = (SliceOf(wall), SliceOf(until));
        lock (_turn)
        {
            Forget(now);
            foreach (var used in _slices.Values)
            {
                if (used.Contains(digest)) return new(OnceUse.Again);
            }

            // Full: to forget one would let it pass a second time, so the new one is refused.
            if (made < Began(wall) || slice < now || _count >= most) return new(OnceUse.Unknown);
            if (!_slices.TryGetValue(slice, out var values)) _slices.Add(slice, values = []);
            values.Add(digest);
            _count++;
            return new(OnceUse.First);
        }
    }

    // A clock that was ahead when this began and has been set right since must not shut everybody out until then: it began so long ago as the counter says.
    private DateTimeOffset Began(DateTimeOffset wall)
    {
        var counted = wall - clock.GetElapsedTime(_beganAt);
        return counted < _began - Slice ? counted : _began;
    }

    private static long SliceOf(DateTimeOffset instant) => instant.UtcTicks / Slice.Ticks;

    private void Forget(long now)
    {
        foreach (var old in _slices.Keys)
        {
            if (old >= now) continue;
            _count -= _slices[old].Count;
            _slices.Remove(old);
        }
    }
}
