using System.Text;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>Reads lines with a StreamReader, decides batches of them on two threads, writes them in order with a StreamWriter.</summary>
internal sealed class LineProgram<T>(T source) where T : IPersonSource
{
    private const int BatchLines = 4096;
    private const int Threads = 2;

    public void Run(string request, string result)
    {
        using var reader = new StreamReader(request, Encoding.UTF8, false, 1 << 20);
        using var writer = new StreamWriter(new FileStream(result, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1), new UTF8Encoding(false), 1 << 20);
        reader.ReadLine();
        writer.Write("seq,code,fields,notes\n");
        var (reading, writing) = (new Lock(), new object());
        var (taken, written) = (0, 0);
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            var lines = new List<string>(BatchLines);
            var text = new StringBuilder(BatchLines * 32);
            while (true)
            {
                int batch;
                lines.Clear();
                lock (reading)
                {
                    while (lines.Count < BatchLines && ReadRecord(reader) is { } line) lines.Add(line);
                    if (lines.Count == 0) return;
                    batch = taken++;
                }

                text.Clear();
                foreach (var line in lines) Append(line, text);
                lock (writing)
                {
                    while (written != batch) Monitor.Wait(writing);
                    foreach (var chunk in text.GetChunks()) writer.Write(chunk.Span);
                    written++;
                    Monitor.PulseAll(writing);
                }
            }
        });
    }

    // A quoted cell may hold a line end.
    private static string? ReadRecord(StreamReader reader)
    {
        var line = reader.ReadLine();
        while (line is not null && line.Contains('"') && line.AsSpan().Count('"') % 2 != 0 && reader.ReadLine() is { } more) line += "\n" + more;
        return line;
    }

    private void Append(string line, StringBuilder text)
    {
        var rest = line.AsSpan();
        var seq = CsvCell.Next(ref rest);
        var name = CsvCell.Next(ref rest);
        var number = CsvCell.Next(ref rest);
        var division = CsvCell.Next(ref rest);
        var outcome = CarefulRules.Decide(source, name, number, division);
        text.Append(seq).Append(',').Append(outcome.Code).Append(',').Append(outcome.Fields).Append(',').Append(outcome.Notes).Append('\n');
    }
}

/// <summary>Takes CSV cells off a line.</summary>
internal static class CsvCell
{
    public static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length > 0 && rest[0] == '"') return Quoted(ref rest);
        var end = rest.IndexOf(',');
        var cell = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return cell;
    }

    private static ReadOnlySpan<char> Quoted(ref ReadOnlySpan<char> rest)
    {
        var end = 1;
        var doubled = false;
        for (; end < rest.Length; end++)
        {
            if (rest[end] != '"') continue;
            if (end + 1 >= rest.Length || rest[end + 1] != '"') break;
            doubled = true;
            end++;
        }

        var cell = rest[1..Math.Min(end, rest.Length)];
        rest = end + 2 <= rest.Length ? rest[(end + 2)..] : default;
        return doubled ? cell.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
    }
}
