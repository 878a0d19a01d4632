using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Tests.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Exchange.Recognition;

public sealed class SampleHeaderTests
{
    [Theory]
    [InlineData("employer_gb18030.csv", 3, "公民身份号码 姓名")]
    [InlineData("english.csv", 1, "ID Number Full Name")]
    [InlineData("full_columns.csv", 1, "公民身份号码 姓名 性别 出生日期 民族 户籍区划")]
    [InlineData("notary_quoted.csv", 1, "身份证件号码 申请人姓名")]
    [InlineData("unicode_text.csv", 1, "身份证号 姓名")]
    public void The_headers_of_the_text_samples_are_recognised(string file, int line, string headings)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestSheets.Samples, "requests", file));
        var preview = DelimitedPreview.Read(bytes, isWhole: true);

        Assert.True(HeaderRecogniser.Recognise(preview.Records, PersonSchema.Value, new Dictionary<string, string>()).Ok(out var found, out var refusal), refusal?.English);
        Assert.Equal(line, found.HeaderLine);
        Assert.Equal(headings, string.Join(' ', found.Columns.Select(column => column.Heading)));
    }
}
