using BenchmarkDotNet.Attributes;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Remembering the key of one row among a million different ones.</summary>
public class DuplicateIndexBench
{
    private const int Count = 1_000_000;

    private readonly ulong[] _keys = [.. Enumerable.Range(0, Count).Select(i => Mixing.Hash(3, 4, (ulong)i) >> 17 | 1)];

    [Benchmark(OperationsPerInvoke = Count)]
    public uint FirstRow()
    {
        using var index = new DuplicateIndex();
        var last = 0u;
        for (var row = 0u; row < Count; row++) last = index.FirstRow(_keys[row], row);
        return last;
    }
}
