using BenchmarkDotNet.Attributes;
using Liuzhuan.Benchmarks.Peers;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>One row of an .xlsx with four cells, unpacked and read, and written and packed.</summary>
public class SpreadsheetBench
{
    private const int Count = 20_000;

    private readonly string[][] _rows = [.. MicroData.Column(MicroData.NameColumn).Zip(MicroData.Column(MicroData.NumberColumn), (name, number) => (name, number)).Take(Count)
        .Select((cells, i) => new[] { i.ToString(), System.Text.Encoding.UTF8.GetString(cells.name), System.Text.Encoding.UTF8.GetString(cells.number), "220102" })];

    private readonly byte[] _file;

    public SpreadsheetBench()
    {
        using var file = new MemoryStream();
        WriteTo(file);
        _file = file.ToArray();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Read()
    {
        using var book = new XlsxWorkbook(new MemoryStream(_file), new SpreadsheetBounds());
        using var sheet = book.OpenSheet(0);
        var row = new SheetRow();
        var cells = 0;
        while (sheet.Read(row)) cells += row.Count;
        return cells;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Write()
    {
        using var file = new MemoryStream();
        WriteTo(file);
        return file.Length;
    }

    private void WriteTo(Stream file)
    {
        using var book = new XlsxWriter(file, [new SheetInfo("1", SheetState.Visible)], 0, false, EnginePeer.AsOf);
        using (var sheet = book.BeginSheet([]))
        {
            for (var i = 0; i < Count; i++)
            {
                sheet.BeginRow(i + 1);
                for (var column = 0; column < _rows[i].Length; column++) sheet.Text(column, _rows[i][column]);
                sheet.EndRow();
            }
        }

        book.Finish();
    }
}
