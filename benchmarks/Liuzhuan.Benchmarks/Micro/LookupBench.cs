using BenchmarkDotNet.Attributes;
using Liuzhuan.Benchmarks.Peers;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Finding one key in the snapshot of a million people, each search waiting for memory alone.</summary>
public class LookupBench
{
    private const int Count = 50_000;

    private readonly Register _register = MicroData.Register();
    private readonly ulong[] _keys;

    public LookupBench()
    {
        var reader = new FastCitizenNumber(DateOnly.FromDateTime(EnginePeer.AsOf.UtcDateTime));
        _keys = [.. MicroData.Column(MicroData.NumberColumn).Select(cell => reader.TryPack(cell, out var packed) ? packed : 0).Where(key => key != 0).Take(Count)];
    }

    private Snapshot Snapshot => _register.View.Snapshot;

    [Benchmark(OperationsPerInvoke = Count)]
    public long FindOneByOne()
    {
        var snapshot = Snapshot;
        var found = 0L;
        foreach (var key in _keys)
        {
            if (snapshot.Keys is { } space && space.TryScatter(key, out var scattered) && snapshot.FindSlot(scattered, "") >= 0) found++;
        }

        return found;
    }

    [GlobalCleanup]
    public void Close() => _register.Dispose();
}
