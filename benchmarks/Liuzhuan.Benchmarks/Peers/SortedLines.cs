using System.IO.MemoryMappedFiles;
using System.Text;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The lines of the register in the order of their keys, with 16 bytes of memory for each.</summary>
internal sealed unsafe class SortedLines
{
    private const int MaxLine = 512;

    private readonly string _path;
    private readonly long[] _keys;
    private readonly long[] _starts;

    private SortedLines(string path, long[] keys, long[] starts) => (_path, _keys, _starts) = (path, keys, starts);

    public delegate void LineTaker(long key, Cells cells);

    public static SortedLines Read(string path)
    {
        var (keys, starts) = (new List<long>(), new List<long>());
        Span<char> number = stackalloc char[18];
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* bytes = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        var length = new FileInfo(path).Length;
        var at = LineEnd(bytes, 0, length) + 1;
        for (; at < length; at = LineEnd(bytes, at, length) + 1)
        {
            Encoding.ASCII.GetChars(new ReadOnlySpan<byte>(bytes + at, number.Length), number);
            keys.Add(CarefulRules.StoredKey(number));
            starts.Add(at);
        }

        view.SafeMemoryMappedViewHandle.ReleasePointer();
        var (sortedKeys, sortedStarts) = (keys.ToArray(), starts.ToArray());
        Array.Sort(sortedKeys, sortedStarts);
        return new(path, sortedKeys, sortedStarts);
    }

    public void ForEach(LineTaker take)
    {
        using var file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* bytes = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        var length = new FileInfo(_path).Length;
        Span<char> line = stackalloc char[MaxLine];
        for (var i = 0; i < _keys.Length; i++)
        {
            var end = LineEnd(bytes, _starts[i], length);
            var count = Encoding.UTF8.GetChars(new ReadOnlySpan<byte>(bytes + _starts[i], (int)(end - _starts[i])), line);
            take(_keys[i], new Cells(line[..count]));
        }

        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    private static long LineEnd(byte* bytes, long at, long length)
    {
        var end = new ReadOnlySpan<byte>(bytes + at, (int)Math.Min(MaxLine, length - at)).IndexOf((byte)'\n');
        return end < 0 ? length : at + end;
    }
}
