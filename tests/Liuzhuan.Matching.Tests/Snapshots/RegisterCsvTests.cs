using System.Text;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class RegisterCsvTests
{
    [Theory]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    public void Chunks_give_the_lines_that_reading_by_hand_gives(string lineEnd, bool endsWithOne)
    {
        using var folder = new TempFolder();
        var random = new Random(5);
        var lines = Enumerable.Range(0, 60_000).Select(i => Line(random, i)).ToList();
        lines[^1] = "last,ends,here";
        var text = "a,b,c" + lineEnd + string.Join(lineEnd, lines) + (endsWithOne ? lineEnd : "");
        File.WriteAllText(folder.File("rows.csv"), text);

        var seen = Read(folder.File("rows.csv"), out var chunks, out var count);

        Assert.True(chunks > 3);
        Assert.Equal(lines.Count, count);
        Assert.Equal(lines.Where(line => line.Length > 0).Select(ByHand), seen);
    }

    [Fact]
    public void A_line_longer_than_any_record_is_not_well_formed_and_the_next_one_is()
    {
        using var folder = new TempFolder();
        var shortLine = new string('x', 40) + ",y,z\n";
        var before = string.Concat(Enumerable.Repeat(shortLine, RegisterCsv.ChunkBytes / shortLine.Length));
        File.WriteAllText(folder.File("rows.csv"), "a,b,c\n" + before + new string('l', RegisterCsv.MaxLineBytes + 5000) + ",b,c\n1,2,3\n");

        var seen = Read(folder.File("rows.csv"), out _, out _);

        Assert.Single(seen, line => line.StartsWith("malformed", StringComparison.Ordinal));
        Assert.Equal("1|2|3", seen[^1]);
    }

    [Fact]
    public void A_line_rejected_for_its_quotes_is_kept_as_it_was_written()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("rows.csv"), "a,b,c\n\"x\"\"y\",\"broken,3\n");
        using var input = RegisterCsv.Open(folder.File("rows.csv"));
        var visitor = new Collector();
        input.Read(0, new RegisterCsv.Scratch(), ref visitor);
        Assert.Equal("\"x\"\"y\",\"broken,3", Assert.Single(visitor.Lines));
    }

    private static string Line(Random random, int number) => random.Next(40) switch
    {
        0 => "",
        1 => $"\"quoted {number}\",b,c",
        2 => $"\"two \"\"quotes\"\" {number}\",\"b,b\",c",
        3 => $"too,many,cells,{number}",
        4 => $"few {number}",
        5 => $"\"lost {number},b,c",
        6 => $"quote \" inside {number},b,c",
        7 => $"{number},,",
        _ => $"{number},{new string('v', random.Next(60))},{random.Next()}",
    };

    // The same rules, a character at a time.
    private static string ByHand(string line)
    {
        var cells = new List<string>();
        var isWellFormed = true;
        for (var i = 0; ; i++)
        {
            var cell = new StringBuilder();
            if (i < line.Length && line[i] == '"')
            {
                var isClosed = false;
                for (i++; i < line.Length && !isClosed; i++)
                {
                    if (line[i] != '"') cell.Append(line[i]);
                    else if (i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
                    else isClosed = true;
                }

                if (!isClosed || i < line.Length && line[i] != ',') isWellFormed = false;
                while (i < line.Length && line[i] != ',') i++;
            }
            else
            {
                for (; i < line.Length && line[i] != ','; i++) cell.Append(line[i]);
            }

            cells.Add(cell.ToString());
            if (i >= line.Length) break;
        }

        return isWellFormed ? string.Join('|', cells) : "malformed " + line;
    }

    private static List<string> Read(string path, out int chunks, out int count)
    {
        using var input = RegisterCsv.Open(path);
        (chunks, count) = (input.ChunkCount, 0);
        var scratch = new RegisterCsv.Scratch();
        var visitor = new Collector();
        for (var chunk = 0; chunk < chunks; chunk++) count += input.Read(chunk, scratch, ref visitor);
        return visitor.Seen;
    }

    private sealed class Collector : RegisterCsv.IRowVisitor
    {
        public List<string> Seen { get; } = [];

        public List<string> Lines { get; } = [];

        public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
        {
            var texts = new List<string>();
            foreach (var cell in cells) texts.Add(Encoding.UTF8.GetString(block.Slice(cell.Start, cell.Length)));
            Lines.Add(Encoding.UTF8.GetString(line));
            Seen.Add(isWellFormed ? string.Join('|', texts) : "malformed " + Lines[^1]);
        }
    }
}
