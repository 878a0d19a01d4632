using System.Buffers;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>The numbers of a finished batch, in the memory in which they were put down.</summary>
/// <param name="used">How many bytes of the memory were written.</param>
internal sealed unsafe class SeenNumbers(ResidentMemory memory, long used, ulong* numbers, int count) : MemoryManager<ulong>
{
    private ResidentMemory? _memory = memory;

    public override Span<ulong> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return new Span<ulong>(numbers, count);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return new MemoryHandle(numbers + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_memory is { } taken) DuplicateMemory.Return(taken, used);
        _memory = null;
    }
}
