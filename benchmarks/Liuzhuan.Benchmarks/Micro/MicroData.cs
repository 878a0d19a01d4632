using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Benchmarks.Peers;
using Liuzhuan.Matching;
using Liuzhuan.Registers;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>What the micro-benchmarks work on: 100,000 questions about a million people.</summary>
internal static class MicroData
{
    public const long People = 1_000_000;

    public const int Rows = 100_000;

    public const int NameColumn = 1, NumberColumn = 2, DivisionColumn = 3;

    /// <summary>The request without its header line.</summary>
    public static byte[] Request()
    {
        var bytes = File.ReadAllBytes(DataFiles.Request(People, Rows));
        return bytes[(Array.IndexOf(bytes, (byte)'\n') + 1)..];
    }

    /// <summary>The cells of one column of the request, quotes taken off.</summary>
    public static byte[][] Column(int column) => [.. Cells(Request()).Select(row => row[column])];

    public static Register Register()
    {
        var folder = Path.GetDirectoryName(DataFiles.Register(People))!;
        using var peer = new EnginePeer(Matching.Delimited.ResultLayout.CodesOnly);
        if (!File.Exists(peer.StoredFiles(folder)[0])) peer.Build(folder);
        return Matching.Register.Open(peer.StoredFiles(folder)[0], SchemaCatalogue.Find);
    }

    /// <summary>The plan for the request's columns.</summary>
    public static QuestionPlan Plan(Register register) => new(
        register.Schema, [NumberColumn], [.. register.Schema.Fields.Select(field => field.Name switch { "name" => NameColumn, "division" => DivisionColumn, _ => -1 })]);

    /// <summary>One range per key and asked field of each row, as the batch hands them to the kernel.</summary>
    public static CellRange[] Ranges(byte[] request, QuestionPlan plan)
    {
        var ranges = new List<CellRange>();
        var lineStart = 0;
        foreach (var row in Cells(request))
        {
            foreach (var column in plan.Columns.ToArray())
            {
                var start = lineStart + request.AsSpan(lineStart).IndexOf(row[column]);
                ranges.Add(row[column].Length == 0 ? default : new CellRange(start, row[column].Length));
            }

            lineStart += request.AsSpan(lineStart).IndexOf((byte)'\n') + 1;
        }

        return [.. ranges];
    }

    private static IEnumerable<byte[][]> Cells(byte[] request)
    {
        for (var start = 0; start < request.Length;)
        {
            var length = request.AsSpan(start).IndexOf((byte)'\n');
            yield return [.. System.Text.Encoding.UTF8.GetString(request, start, length).Split(',').Select(cell => System.Text.Encoding.UTF8.GetBytes(cell.Trim('"')))];
            start += length + 1;
        }
    }
}
