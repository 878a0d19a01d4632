using System.Globalization;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

public sealed class XlsReaderTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"liuzhuan-xls-{Path.GetRandomFileName()}.xls");

    public void Dispose() => File.Delete(_file);

    /// <summary>Written as numbers and as results of formulas; the other reader is the truth.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dates_are_read_as_the_reader_of_new_workbooks_reads_them(bool date1904)
    {
        double[] serials = [0, 1, 15, 58, 59, 59.5, 60, 60.25, 61, 61.5, 366, 1461, 1462, 28396, 28396.5, 2_957_003, -1, -3, -3.25, -0.5, 0.5];
        var book = new TestXls();
        for (var i = 0; i < serials.Length; i++) book.Number(i, 0, serials[i]).Formula(i, 1, serials[i]);
        book.Write(_file, date1904);

        var format = new NumberFormat(14, null);
        using var open = TestSheets.Open(_file);
        Assert.Equal(date1904, open.Date1904);
        var rows = TestSheets.Rows(open, 0);
        Assert.Equal(serials.Length, rows.Count);
        foreach (var (serial, (_, cells)) in serials.Zip(rows))
        {
            var expected = CellNumbers.Cell(0, serial.ToString("R", CultureInfo.InvariantCulture), format, date1904);
            Assert.Equal(2, cells.Length);
            Assert.All(cells, cell => Assert.Equal((expected.Kind, expected.Text, expected.Raw), (cell.Kind, cell.Text, cell.Raw)));
        }
    }

    [Fact]
    public void The_day_that_never_was_is_told_from_the_one_before_in_every_form_of_a_number()
    {
        new TestXls().Whole(0, 0, 59).Whole(0, 1, 60).Wholes(1, 0, 59, 60, 61).Write(_file, date1904: false);

        Assert.Equal(["1900-02-28|60", "1900-02-28|60|1900-03-01"], TestSheets.Texts(_file).Select(row => string.Join('|', row)));
    }

    [Fact]
    public void Errors_are_cells_like_any_other()
    {
        var book = new TestXls();
        byte[] codes = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A];
        for (var i = 0; i < codes.Length; i++) book.Error(i, 0, codes[i]).Text(i, 1, "甲").FormulaError(i, 2, codes[i]);
        book.Write(_file, date1904: false);

        string[] words = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];
        Assert.Equal(words.Select(word => $"{word}|甲|{word}"), TestSheets.Texts(_file).Select(row => string.Join('|', row)));
        Assert.All(TestSheets.Rows(_file), row => Assert.Equal([CellKind.Error, CellKind.Text, CellKind.Error], row.Cells.Select(cell => cell.Kind)));
    }
}
