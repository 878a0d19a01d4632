using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories.Entries;

public class PreviewChangeTests
{
    [Fact]
    public void A_preview_tells_what_is_added_changed_ended_and_unchanged()
    {
        var preview = PreviewChange.Of(Book,
        [
            Officer("J4002", "己", Station),
            Row("officers", ("id", "j4001"), ("name", "戊"), ("telephone", "0431-8888 0001"), ("office", CountyOffice)),
            Row("officers", ("id", "J3001"), ("valid_to", "2026/4/1")),
            Row("offices", ("code", Station), ("level", "基层所")),
        ], Today);
        Assert.Empty(preview.Refused);
        Assert.Equal((1, 1, 1, 1), (preview.Added, preview.Changed, preview.Ended, preview.Unchanged));
        Assert.Equal([("office", Station, CountyOffice), ("telephone", "", "0431-8888 0001")], preview.Lines[1].Fields.Select(field => (field.Column.Id, field.From, field.To)));
        Assert.Equal("2026-04-01", preview.Lines[2].After["valid_to"]);
        // What a row has no column for stays as it was.
        Assert.Equal(("丁", CountyOffice), (preview.Lines[2].After["name"], preview.Lines[2].After["office"]));
    }

    [Fact]
    public void An_empty_cell_takes_a_value_away_and_a_missing_column_does_not()
    {
        var book = Grown(Book, Row("officers", ("id", "J4001"), ("title", "社区民警")));
        Assert.Equal("社区民警", Grown(book, Row("officers", ("id", "J4001"), ("name", "戊"), ("telephone", "110"))).Officers["J4001"].Title);
        Assert.Equal("", Grown(book, Row("officers", ("id", "J4001"), ("title", "　"))).Officers["J4001"].Title);
        Assert.Equal("directory.missing", Refused(book, Row("officers", ("id", "J4001"), ("name", ""))));
    }

    [Theory]
    [InlineData("agencies", "code=11220000DEMA000139", "directory.value")]
    [InlineData("agencies", "name=无号", "directory.missing")]
    [InlineData("agencies", "code=11220000DEMA000138;level=country", "directory.value")]
    [InlineData("agencies", "code=11220000DEMA000138;division=229999", "directory.value")]
    [InlineData("agencies", "code=11220000DEMA000138;division=220381", "directory.division-over")]
    [InlineData("agencies", "code=11220000DEMA000138;valid_from=2026-02-02;valid_to=2026-02-01", "directory.days")]
    [InlineData("agencies", "code=11220000DEMA000138;valid_to=2026-05-01", "directory.not-empty")]
    [InlineData("agencies", "code=11220000DEMA000138;colour=red", "directory.column")]
    [InlineData("agency", "code=11220000DEMA000138", "directory.kind")]
    [InlineData("offices", "code=22010499010", "directory.value")]
    [InlineData("offices", "code=220104990100;agency=11220200DEMA000485", "directory.no-such")]
    [InlineData("offices", "code=220104990100;parent=220104990999", "directory.no-such")]
    [InlineData("offices", "code=220000990000;parent=220104990100", "directory.circle")]
    [InlineData("offices", "code=220104990100;valid_to=2026-05-01", "directory.not-empty")]
    [InlineData("offices", "code=220104990100;telephone=ring me", "directory.value")]
    [InlineData("officers", "id=J4001;office=220104990999", "directory.no-such")]
    [InlineData("officers", "id=J4001;name==cmd|calc", "directory.value")]
    [InlineData("officers", "id=J 4001", "directory.value")]
    [InlineData("officers", "id=J4001;valid_from=yesterday", "directory.value")]
    [InlineData("liaisons", "office=220104990100;order=1;officer=J2001", "directory.other-agency")]
    [InlineData("liaisons", "office=220104990100;order=0;officer=J4001", "directory.value")]
    [InlineData("liaisons", "office=220104990100;order=1;officer=J9999", "directory.no-such")]
    [InlineData("leave", "officer=J4001;from=2026-03-05;to=2026-03-01;reason=annual", "directory.days")]
    [InlineData("leave", "officer=J9999;from=2026-03-05;to=2026-03-06;reason=annual", "directory.no-such")]
    [InlineData("leave", "officer=J4001;from=2026-03-05;to=2026-03-06;reason=bored", "directory.value")]
    public void A_row_that_does_not_fit_is_refused_with_its_reason(string kind, string cells, string code) =>
        Assert.Equal(code, Refused(Book, Row(kind, [.. cells.Split(';').Select(cell => cell.Split('=', 2)).Select(cell => (cell[0], cell[1]))])));

    [Fact]
    public void Rows_of_a_file_may_refer_to_each_other_in_any_order()
    {
        var preview = PreviewChange.Of(DirectoryBook.Empty, [.. Rows.Reverse()], Today);
        Assert.Empty(preview.Refused);
        Assert.Equal(Rows.Length, preview.Added);
    }

    [Fact]
    public void Whoever_works_in_an_office_that_ends_moves_or_ends_with_it()
    {
        var moved = Grown(Book, Row("offices", ("code", Station), ("valid_to", "2026-05-01")), Row("officers", ("id", "J4001"), ("office", CountyOffice)));
        Assert.Equal("directory.beyond-end", Refused(moved, Row("officers", ("id", "J4001"), ("office", Station))));
        Grown(Book, Row("offices", ("code", Station), ("valid_to", "2026-05-01")), Row("officers", ("id", "J4001"), ("valid_to", "2026-05-01")));
    }

    [Fact]
    public void The_same_entry_twice_in_a_file_is_refused_with_the_place_of_the_first()
    {
        var preview = PreviewChange.Of(Book, [new GivenRow("人员", 7, "officers", Officer("J5001", "庚", Station).Cells), Officer("J5001", "辛", Station)], Today);
        Assert.Equal(1, preview.Added);
        Assert.Contains("“人员”第 7 行", Assert.Single(preview.Refused).Refusal.Chinese, StringComparison.Ordinal);
    }

    private static string Refused(DirectoryBook book, GivenRow row) => Assert.Single(PreviewChange.Of(book, [row], Today).Refused).Refusal.Code;
}
