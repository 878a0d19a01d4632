using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Exchange.Recognition;

namespace Liuzhuan.Tests.Exchange.Recognition;

public partial class HeadingTextTests
{
    [Theory]
    [InlineData("2、姓名", "姓名")]
    [InlineData("(3) 姓名", "姓名")]
    [InlineData("[12]、 姓名", "姓名")]
    [InlineData("4.name", "name")]
    [InlineData("十二、姓名", "姓名")]
    [InlineData("(一)姓名", "姓名")]
    [InlineData("7姓名", "姓名")]
    [InlineData("1234姓名", "1234姓名")]
    [InlineData("二代身份证号", "二代身份证号")]
    [InlineData("3name", "3name")]
    [InlineData("(姓名)", "(姓名)")]
    [InlineData("", "")]
    public void A_number_before_a_heading_is_left_out(string heading, string bare) => Assert.Equal(bare, HeadingText.WithoutNumber(heading));

    [Fact]
    public void What_counts_as_a_number_is_what_the_expression_says()
    {
        var letters = Gen.Elements("([)],.:、 1239一二十名a".ToCharArray());
        var headings = letters.ArrayOf().Select(heading => new string(heading));
        Prop.ForAll(headings.ToArbitrary(), heading => HeadingText.WithoutNumber(heading) == Numbering().Replace(heading, "")).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [GeneratedRegex(@"^\s*(?:[(\[]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)\]]?\s*[、.,:)\]]\s*|\(\d{1,3}\)\s*|\d{1,3}\s*(?=[\u3400-\u9FFF]))")]
    private static partial Regex Numbering();
}
