using BenchmarkDotNet.Attributes;
using Liuzhuan.Matching;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Deciding one row whose cells are known: number, name and division against a million people, one thread.</summary>
public class KernelBench
{
    private readonly Register _register = MicroData.Register();
    private readonly byte[] _request = MicroData.Request();
    private readonly AnswerCore[] _answers = new AnswerCore[MicroData.Rows];
    private readonly ulong[] _keys = new ulong[MicroData.Rows];
    private readonly CellRange[] _cells;
    private readonly RowKernel _kernel;

    public KernelBench()
    {
        var plan = MicroData.Plan(_register);
        _cells = MicroData.Ranges(_request, plan);
        _kernel = new RowKernel(_register, plan, DisclosurePolicy.Full, CellCoding.Utf8);
    }

    [Benchmark(OperationsPerInvoke = MicroData.Rows)]
    public AnswerCore Decide()
    {
        _kernel.Decide(_request, _cells, _answers, _keys);
        return _answers[^1];
    }

    [GlobalCleanup]
    public void Close() => _register.Dispose();
}
