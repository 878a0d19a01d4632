using System.Text;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>Reads the register for the peers that are programs: half of the file on each of two threads.</summary>
internal static class RegisterReader
{
    /// <summary>What is done with each row; the cells are valid until it returns.</summary>
    public delegate void RowTaker(int thread, Cells row);

    public const int Number = 0, Name = 1, Division = 5, Status = 6, Former = 9, Successor = 10, Columns = 11;

    public static void Read(string path, int threads, RowTaker take)
    {
        var length = new FileInfo(path).Length;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            var (start, end) = (length / threads * thread, thread == threads - 1 ? length : length / threads * (thread + 1));
            // A share begins after the first line end at or behind the byte before it, and takes the line that lies across its end.
            file.Position = Math.Max(0, start - 1);
            while (file.ReadByte() is not ('\n' or -1)) { }
            var at = file.Position;
            using var lines = new StreamReader(file, Encoding.UTF8, false, 1 << 18);
            while (at < end && lines.ReadLine() is { } line)
            {
                at += Encoding.UTF8.GetByteCount(line) + 1;
                take(thread, new Cells(line));
            }
        });
    }
}

/// <summary>The cells of a register line. The generated register quotes nothing.</summary>
internal readonly ref struct Cells(ReadOnlySpan<char> line)
{
    private readonly ReadOnlySpan<char> _line = line;

    public ReadOnlySpan<char> this[int column]
    {
        get
        {
            var rest = _line;
            for (; column > 0; column--) rest = rest[(rest.IndexOf(',') + 1)..];
            var end = rest.IndexOf(',');
            return end < 0 ? rest : rest[..end];
        }
    }

    public static PersonStatus ParseStatus(ReadOnlySpan<char> status) => status switch
    {
        "active" => PersonStatus.Active,
        "deceased" => PersonStatus.Deceased,
        "cancelled" => PersonStatus.Cancelled,
        "changing" => PersonStatus.Changing,
        _ => throw new InvalidDataException("Unknown status."),
    };
}
