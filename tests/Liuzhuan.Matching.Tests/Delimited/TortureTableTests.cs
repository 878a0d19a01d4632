using System.Text;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>Small files, each with one trap, and what must come back; R stands for the result cells of the row.</summary>
public sealed class TortureTableTests
{
    private const string Number = "220102199003078515";

    [Theory]
    [InlineData("empty file", "", "")]
    [InlineData("header only", "a,n,m,,s\n", "a,n,m,,sH\n")]
    [InlineData("header without line end", "a,n,m,,s", "a,n,m,,sH")]
    [InlineData("no final line end", "h\n1,N,张三,,", "h,,,,H\n1,N,张三,,R")]
    [InlineData("short row", "h\n1,N\n", "h,,,,H\n1,N,,,R\n")]
    [InlineData("mixed line ends", "h\r\n1,N,a,,\n2,N2,b,,\r\n", "h,,,,H\r\n1,N,a,,R\n2,N2,b,,R\r\n")]
    [InlineData("only delimiters", "h\n,,,,\n1,N,a,,\n", "h,,,,H\n,,,,\n1,N,a,,R\n")]
    [InlineData("blank lines", "h\n\n\r\n1,N,a,,\n\n", "h,,,,H\n\n\r\n1,N,a,,R\n\n")]
    [InlineData("total line", "h\n1,N,a,,\n合计,1\n", "h,,,,H\n1,N,a,,R\n合计,1\n")]
    [InlineData("total word with a number is a row", "h\n合计,N,a,,\n", "h,,,,H\n合计,N,a,,R\n")]
    [InlineData("unterminated quote", "h\n1,N,\"a,,\n2,N2,b,,\n", "h,,,,H\n1,N,\"a,,R\n2,N2,b,,R\n")]
    [InlineData("quote inside a cell", "h\n1,N,a\"b,,\n", "h,,,,H\n1,N,a\"b,,R\n")]
    [InlineData("quoted delimiter", "h\n1,N,\"a,b\",,\n", "h,,,,H\n1,N,\"a,b\",,R\n")]
    [InlineData("quoted line end", "h\n1,N,\"a\nb\",,\n2,N2,c,,\n", "h,,,,H\n1,N,\"a\nb\",,R\n2,N2,c,,R\n")]
    [InlineData("text after the closing quote", "h\n1,N,\"a\"b,,\n", "h,,,,H\n1,N,\"a\"b,,R\n")]
    [InlineData("zero byte", "h\n1,N,a\0b,,\n", "h,,,,H\n1,N,a\0b,,R\n")]
    [InlineData("lone carriage return", "h\n1,N,a\rb,,\n", "h,,,,H\n1,N,a\rb,,R\n")]
    [InlineData("too many cells", "h\n1,N,a,,,x,y\n", "h,,,,H\n1,N,a,,,x,yR\n")]
    public void A_file_comes_back_line_by_line(string trap, string file, string expected)
    {
        foreach (var form in Enum.GetValues<TextForm>())
        {
            var run = new BatchRun { Format = new DelimitedFormat(form, false, ',', "\n") };
            var text = Text(run.Run(Bytes(file.Replace("N2", "220102199003078516").Replace("N", Number), form)), form);
            Assert.Equal(expected.Replace("N2", "220102199003078516").Replace("N", Number).Replace("H", ",核验结论,结论代码,不一致项,备注代码,说明"), WithoutResults(text));
            _ = trap;
        }
    }

    [Fact]
    public void A_file_of_carriage_returns_keeps_them()
    {
        var run = new BatchRun { Format = new DelimitedFormat(TextForm.Utf8, false, ',', "\r") };

        var text = Encoding.UTF8.GetString(run.Run(Toy.Utf8($"h\r1,{Number},a,,\r合计\r")));

        Assert.Equal(3, text.Count(c => c == '\r'));
        Assert.DoesNotContain('\n', text);
        Assert.Equal(1, run.Summary.TotalLines);
    }

    [Theory]
    [InlineData(TextForm.Utf8)]
    [InlineData(TextForm.Gb18030)]
    [InlineData(TextForm.Utf16LittleEndian)]
    [InlineData(TextForm.Utf16BigEndian)]
    public void A_byte_order_mark_is_kept_and_belongs_to_no_cell(TextForm form)
    {
        var run = new BatchRun { Format = new DelimitedFormat(form, true, ',', "\n"), Layout = ResultLayout.CodesOnly };

        var output = run.Run([.. TextForms.Bom(form), .. Bytes($"序号,n,m,,s\n1,{Number},张三,,\n", form)]);

        Assert.True(output.AsSpan().StartsWith(TextForms.Bom(form)));
        Assert.StartsWith("序号,结论代码,不一致项,备注代码\n1,", Text(output[TextForms.Bom(form).Length..], form));
    }

    [Fact]
    public void Four_byte_characters_and_those_ending_like_a_bar_stay_whole()
    {
        byte[] name = [0x81, 0x7C, 0x95, 0x32, 0x82, 0x36];
        var run = new BatchRun { Format = new DelimitedFormat(TextForm.Gb18030, false, '|', "\n") };

        var output = run.Run([.. "h|n|m||s\n1|220102199003078515|"u8, .. name, .. "||\n"u8]);

        var (answer, _) = ToyDecider.Decide([Toy.Utf8(Number), name, []]);
        Assert.Equal(1, run.Summary.Verdicts[(int)answer.Verdict]);
        Assert.True(output.AsSpan().IndexOf([.. "1|220102199003078515|"u8, .. name, .. "||"u8]) > 0);
    }

    [Fact]
    public void Results_of_an_earlier_run_are_replaced()
    {
        var first = new BatchRun { Format = BatchRun.Csv };
        var once = first.Run(Toy.Utf8($"a,n,m,,s\n1,{Number},\"x,y\",,男\n2,{Number},b\n\n合计\n"));

        var again = new BatchRun { Format = BatchRun.Csv, HeaderWidth = 10, OldColumns = [5, 6, 7, 8, 9] };

        Assert.Equal(once, again.Run(once));
    }

    [Fact]
    public void A_repeated_key_names_row_and_line_of_the_first()
    {
        var run = new BatchRun { Format = BatchRun.Csv, HeaderRecord = 1, BlockBytes = 64 };

        var text = Encoding.UTF8.GetString(run.Run(Toy.Utf8($"标题\na,n,m,,s\n\n1,{Number},\"x\ny\",,\n合计\n2,123456789,b,,\n3,{Number},c,,\n")));

        Assert.Contains("duplicate_of_row_1", text, StringComparison.Ordinal);
        Assert.Contains("与第4行", text, StringComparison.Ordinal);
        Assert.Equal(1, run.Summary.Duplicates);
        Assert.Equal(3, run.Summary.Rows);
    }

    [Fact]
    public void A_very_long_cell_passes_and_a_longer_one_refuses_the_file_by_line()
    {
        var file = Toy.Utf8($"h\n1,{Number},{new string('x', 300_000)},,\n");
        Assert.Equal(1, new BatchRun { Format = BatchRun.Csv }.Runs(file).Summary.Rows);

        var refused = Assert.Throws<DelimitedException>(() => new BatchRun { Format = BatchRun.Csv, Bounds = new DelimitedBounds(MaxRecordBytes: 100_000) }.Run(file));

        Assert.Equal("record_too_long", refused.Code);
        Assert.Equal(2, refused.Line);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Bounds_name_the_line(int threads)
    {
        var file = Toy.Utf8($"h\n\n1,{Number},a,,\n2,{Number},\"b\nb\",,\n3,{Number},c,,\n4,{Number},{new string(',', 50)}\n");

        var rows = Assert.Throws<DelimitedException>(() => new BatchRun { Format = BatchRun.Csv, BlockBytes = 64, Threads = threads, Bounds = new DelimitedBounds(MaxRows: 2) }.Run(file));
        var columns = Assert.Throws<DelimitedException>(() => new BatchRun { Format = BatchRun.Csv, BlockBytes = 64, Threads = threads, Bounds = new DelimitedBounds(MaxColumns: 20) }.Run(file));

        Assert.Equal(("too_many_rows", 6L, 2L), (rows.Code, rows.Line, rows.Limit));
        Assert.Equal(("too_many_columns", 7L, 20L), (columns.Code, columns.Line, columns.Limit));
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new BatchRun { Format = BatchRun.Csv, Threads = 2 }.Run(Toy.Utf8("h\n1,2\n"), stop.Token));
    }

    [Fact]
    public void A_fault_in_any_thread_reaches_the_caller()
    {
        var file = Toy.Utf8("h\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{Number},a,,\n")));
        using var input = new MemoryStream(file);
        using var output = new MemoryStream(new byte[4000], writable: true);

        Assert.Throws<NotSupportedException>(() => new BatchRun { Format = BatchRun.Csv, BlockBytes = 128, Threads = 3 }.Run(input, output));
    }

    private static byte[] Bytes(string text, TextForm form) => form switch
    {
        TextForm.Utf16LittleEndian => Encoding.Unicode.GetBytes(text),
        TextForm.Utf16BigEndian => Encoding.BigEndianUnicode.GetBytes(text),
        _ => TextForms.Encode(form, text),
    };

    private static string Text(byte[] file, TextForm form) => form switch
    {
        TextForm.Utf16LittleEndian => Encoding.Unicode.GetString(file),
        TextForm.Utf16BigEndian => Encoding.BigEndianUnicode.GetString(file),
        _ => TextForms.Decode(form, file),
    };

    // Every result of the toy begins with ",结论" and a digit and ends before the line end.
    private static string WithoutResults(string text) => System.Text.RegularExpressions.Regex.Replace(text, ",结论[0-9],[^\r\n]*", "R");
}
