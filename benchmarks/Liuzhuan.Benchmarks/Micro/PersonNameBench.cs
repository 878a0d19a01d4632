using BenchmarkDotNet.Attributes;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Reading one name into its canonical form.</summary>
public class PersonNameBench
{
    private const int Count = 50_000;

    private readonly string[] _plain = [.. MicroData.Column(MicroData.NameColumn).Where(cell => cell.Length > 0).Take(Count).Select(System.Text.Encoding.UTF8.GetString)];
    private readonly string[] _folded = new string[Count];

    // A wide space inside and a look-alike of the middle dot: what has to be folded.
    public PersonNameBench()
    {
        for (var i = 0; i < Count; i++) _folded[i] = i % 2 == 0 ? _plain[i].Insert(1, "\u3000") : "阿依•" + _plain[i];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ReadPlain() => Read(_plain);

    [Benchmark(OperationsPerInvoke = Count)]
    public int ReadFolded() => Read(_folded);

    private static int Read(string[] names)
    {
        Span<char> canonical = stackalloc char[256];
        var sum = 0;
        foreach (var name in names)
        {
            PersonName.Read(name, canonical, out var length);
            sum += length;
        }

        return sum;
    }
}
