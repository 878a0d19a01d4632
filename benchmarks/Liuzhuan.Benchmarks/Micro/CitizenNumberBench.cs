using BenchmarkDotNet.Attributes;
using Liuzhuan.Benchmarks.Peers;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Reading one citizen number.</summary>
public class CitizenNumberBench
{
    private static readonly KeyContext Context = new(DateOnly.FromDateTime(EnginePeer.AsOf.UtcDateTime), NumberRules.Default);

    private readonly byte[][] _bytes = [.. MicroData.Column(MicroData.NumberColumn).Where(cell => cell.Length == 18)];
    private readonly FastCitizenNumber _vector = new(Context.AsOf, vector: true);
    private readonly FastCitizenNumber _scalar = new(Context.AsOf, vector: false);
    private readonly string[] _texts;

    public CitizenNumberBench() => _texts = [.. _bytes.Take(Count).Select(System.Text.Encoding.ASCII.GetString)];

    private const int Count = 50_000;

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong PackVector() => Pack(_vector);

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong PackScalar() => Pack(_scalar);

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong ParseStrictly()
    {
        var sum = 0ul;
        for (var i = 0; i < Count; i++)
        {
            if (CitizenNumber.TryParse(_bytes[i].AsSpan(), Context, out var number) == Reasons.None) sum += number.Packed;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong ReadTolerantly()
    {
        var sum = 0ul;
        foreach (var text in _texts)
        {
            if (CitizenNumber.Read(text, Context, out var number, out _) == Reasons.None) sum += number.Packed;
        }

        return sum;
    }

    private ulong Pack(FastCitizenNumber reader)
    {
        var sum = 0ul;
        for (var i = 0; i < Count; i++)
        {
            if (reader.TryPack(_bytes[i], out var packed)) sum += packed;
        }

        return sum;
    }
}
