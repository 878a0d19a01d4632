using System.Text;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Tests.Delimited;

public sealed class DelimitedPreviewTests
{
    private const string Table = "序号,姓名,身份证号\r\n1,\"张,三\",220102199003078515\r\n2,\"李\r\n四\",22010219900307851X\r\n";

    [Theory]
    [InlineData(TextForm.Utf8, false)]
    [InlineData(TextForm.Utf8, true)]
    [InlineData(TextForm.Gb18030, false)]
    [InlineData(TextForm.Gb18030, true)]
    [InlineData(TextForm.Utf16LittleEndian, false)]
    [InlineData(TextForm.Utf16LittleEndian, true)]
    [InlineData(TextForm.Utf16BigEndian, false)]
    [InlineData(TextForm.Utf16BigEndian, true)]
    public void Encoding_delimiter_and_line_end_are_recognised(TextForm form, bool withBom)
    {
        foreach (var delimiter in ",;\t|")
        {
            var text = string.Join(delimiter, Table.Split(',').Select(part => part)).Replace("张" + delimiter + "三", "张,三", StringComparison.Ordinal);

            var preview = DelimitedPreview.Read([.. withBom ? form.Bom().ToArray() : [], .. Bytes(text, form)], isWhole: true);

            Assert.Equal(new DelimitedFormat(form, withBom, delimiter, "\r\n"), preview.Format);
            Assert.Equal([1, 2, 3], preview.Records.Select(record => record.Line));
            Assert.Equal(["2", "李\r\n四", "22010219900307851X"], preview.Records[2].Cells);
        }
    }

    [Fact]
    public void A_head_cut_anywhere_gives_whole_records_only()
    {
        foreach (var form in Enum.GetValues<TextForm>())
        {
            var whole = Bytes(Table, form);
            for (var length = 2; length <= whole.Length; length++)
            {
                var preview = DelimitedPreview.Read(whole.AsSpan(0, length), isWhole: false, form, ',');
                Assert.All(preview.Records.Skip(1), record => Assert.Equal(3, record.Cells.Count));
            }
        }
    }

    [Theory]
    [InlineData("a\rb\rc\r", "\r")]
    [InlineData("a\r\"b\nb\"\rc\r", "\r")]
    [InlineData("a\nb\r\nc\n", "\n")]
    [InlineData("a\r\nb\r\nc\n", "\r\n")]
    [InlineData("a", "\n")]
    [InlineData("", "\n")]
    public void The_line_end_is_the_one_used_most(string text, string expected) =>
        Assert.Equal(expected, DelimitedPreview.Read(Toy.Utf8(text), isWhole: true).Format.LineEnd);

    [Theory]
    [InlineData("姓名\n张三\n李四\n", ',')]
    [InlineData("标题，很长\n\n姓名;号码;备注\n张三;1;a,b\n李四;2;c,d\n", ';')]
    [InlineData("姓名\t号码\t曾用名\n张三\t1\ta|b\n李四\t2\tc|d\n", '\t')]
    [InlineData("\"a;b\",c\n\"d;e\",f\n", ',')]
    public void The_delimiter_is_the_one_that_divides_evenly(string text, char expected) =>
        Assert.Equal(expected, DelimitedPreview.Read(Toy.Utf8(text), isWhole: true).Format.Delimiter);

    [Fact]
    public void A_few_bad_bytes_do_not_make_another_encoding_of_utf8()
    {
        byte[] text = [.. Toy.Utf8("姓名,号码\n" + string.Concat(Enumerable.Repeat("张三丰,1\n", 40))), 0xE5, 0xBC, (byte)'\n'];

        Assert.Equal(TextForm.Utf8, DelimitedPreview.Read(text, isWhole: true).Format.Form);
    }

    [Fact]
    public void A_file_that_begins_in_ascii_is_looked_at_further_on()
    {
        var ascii = "id,name\n" + string.Concat(Enumerable.Repeat("220102199003078515,ANNA\n", 20_000));
        foreach (var form in new[] { TextForm.Utf8, TextForm.Gb18030 })
        {
            using var file = new MemoryStream([.. Toy.Utf8(ascii), .. form.Encode(string.Concat(Enumerable.Repeat("220102199003078515,王小明\n", 20)))]);
            file.Position = 5;

            Assert.Equal(form, DelimitedPreview.Read(file).Format.Form);
            Assert.Equal(5, file.Position);
        }
    }

    [Fact]
    public void Binary_and_unknown_files_are_refused_by_code()
    {
        Assert.Equal("binary_file", Assert.Throws<DelimitedException>(() => DelimitedPreview.Read([0x50, 0x4B, 3, 4, 0, 0], true)).Code);
        Assert.Equal("binary_file", Assert.Throws<DelimitedException>(() => DelimitedPreview.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], true)).Code);
        Assert.Equal("binary_file", Assert.Throws<DelimitedException>(() => DelimitedPreview.Read([1, 2, 3, 0, 0, 0, 4, 5, 6], true)).Code);
        Assert.Equal("encoding_unknown", Assert.Throws<DelimitedException>(() => DelimitedPreview.Read([.. "n,m\nJos"u8, 0xE9, .. ",x\n"u8], true)).Code);
    }

    private static byte[] Bytes(string text, TextForm form) => form switch
    {
        TextForm.Utf16LittleEndian => Encoding.Unicode.GetBytes(text),
        TextForm.Utf16BigEndian => Encoding.BigEndianUnicode.GetBytes(text),
        _ => form.Encode(text),
    };
}
