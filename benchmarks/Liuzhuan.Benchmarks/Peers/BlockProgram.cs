using System.Text;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The same job without a string for each line: blocks of bytes, cells decoded into a buffer on the stack.</summary>
internal sealed class BlockProgram<T>(T source) where T : IPersonSource
{
    private const int BlockBytes = 512 << 10;
    private const int Threads = 2;
    private const int MaxCell = 256;

    public void Run(string request, string result)
    {
        using var input = new FileStream(request, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var output = new FileStream(result, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        output.Write("seq,code,fields,notes\n"u8);
        var (reading, writing) = (new Lock(), new object());
        var (taken, written) = (0, 0);
        var carry = Array.Empty<byte>();
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            var block = new byte[BlockBytes];
            var answers = new byte[BlockBytes * 3];
            while (true)
            {
                int batch, length;
                lock (reading)
                {
                    carry.CopyTo(block, 0);
                    length = carry.Length + input.ReadAtLeast(block.AsSpan(carry.Length), block.Length - carry.Length, throwOnEndOfStream: false);
                    if (length == 0) return;
                    var end = length < block.Length ? length : LastRecordEnd(block.AsSpan(0, length));
                    carry = block[end..length];
                    length = end;
                    batch = taken++;
                }

                var filled = Decide(block.AsSpan(0, length), batch == 0, answers);
                lock (writing)
                {
                    while (written != batch) Monitor.Wait(writing);
                    output.Write(answers, 0, filled);
                    written++;
                    Monitor.PulseAll(writing);
                }
            }
        });
    }

    // The end of the last line that is not inside quotes.
    private static int LastRecordEnd(ReadOnlySpan<byte> block)
    {
        var quotes = block.Count((byte)'"');
        for (var end = block.LastIndexOf((byte)'\n'); end >= 0; end = block[..end].LastIndexOf((byte)'\n'))
        {
            if ((quotes - block[end..].Count((byte)'"')) % 2 == 0) return end + 1;
        }

        throw new InvalidDataException("A record is longer than a block.");
    }

    private int Decide(ReadOnlySpan<byte> block, bool first, Span<byte> answers)
    {
        var filled = 0;
        if (first) block = block[(block.IndexOf((byte)'\n') + 1)..];
        Span<char> name = stackalloc char[MaxCell], number = stackalloc char[MaxCell], division = stackalloc char[MaxCell];
        while (!block.IsEmpty)
        {
            var seq = NextCell(ref block);
            var nameLength = Decode(NextCell(ref block), name);
            var numberLength = Decode(NextCell(ref block), number);
            var divisionLength = Decode(NextCell(ref block), division);
            var outcome = CarefulRules.Decide(source, name[..nameLength], number[..numberLength], division[..divisionLength]);
            seq.CopyTo(answers[filled..]);
            filled += seq.Length;
            Add(outcome.Code, answers, ref filled);
            Add(outcome.Fields, answers, ref filled);
            Add(outcome.Notes, answers, ref filled);
            answers[filled++] = (byte)'\n';
        }

        return filled;
    }

    private static void Add(string text, Span<byte> answers, ref int filled)
    {
        answers[filled++] = (byte)',';
        filled += Encoding.UTF8.GetBytes(text, answers[filled..]);
    }

    private static int Decode(ReadOnlySpan<byte> cell, Span<char> target)
    {
        var length = Encoding.UTF8.GetChars(cell, target);
        if (cell.IsEmpty || cell[0] != '"') return length;
        var text = new string(target[1..(length - 1)]).Replace("\"\"", "\"", StringComparison.Ordinal);
        text.CopyTo(target);
        return text.Length;
    }

    private static ReadOnlySpan<byte> NextCell(ref ReadOnlySpan<byte> block)
    {
        var end = 0;
        if (block.Length > 0 && block[0] == '"')
        {
            for (end = 1; end < block.Length; end++)
            {
                if (block[end] == '"' && (end + 1 == block.Length || block[++end] != '"')) break;
            }
        }
        else
        {
            end = block.IndexOfAny((byte)',', (byte)'\n');
            if (end < 0) end = block.Length;
        }

        var cell = block[..end];
        block = end < block.Length ? block[(end + 1)..] : default;
        return cell;
    }
}
