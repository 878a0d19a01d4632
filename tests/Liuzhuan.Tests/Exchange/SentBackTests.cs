using System.Text;
using Liuzhuan.Exchange;

namespace Liuzhuan.Tests.Exchange;

/// <summary>Files that come back, in either language, and the headings that made trouble.</summary>
public sealed class SentBackTests(Samples samples) : IClassFixture<Samples>
{
    private const string Person = "高静伟,210102197702083533";

    private readonly string _folder = samples.Folder();

    [Theory]
    [InlineData("zh", "zh"), InlineData("en", "en"), InlineData("zh", "en"), InlineData("en", "zh")]
    public void A_result_sent_back_has_its_five_columns_replaced(string first, string second)
    {
        var once = Verified($"Name,ID number\n{Person}\n", first);
        var twice = Verified(once, second);
        Assert.Equal(Verified($"Name,ID number\n{Person}\n", second), twice);
    }

    [Fact]
    public void A_row_too_long_keeps_all_its_own_cells_when_it_is_sent_back()
    {
        const string file = $"姓名,公民身份号码,备注\n{Person},x,extra,more\n{Person},y\n";
        var once = Verified(file, "zh");
        Assert.StartsWith($"{Person},x,extra,more,请求无效,invalid,,row_too_long,", once.Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal(once, Verified(once, "zh"));
    }

    [Theory]
    [InlineData("姓名,公民身份号码,\n高静伟,210102197702083533,\n")]
    [InlineData("姓名,公民身份号码,,\n高静伟,210102197702083533\n")]
    public void Empty_cells_at_the_end_of_the_header_are_columns(string file)
    {
        var lines = Verified(file, "zh").Split('\n');
        var at = Array.IndexOf(lines[0].Split(','), "核验结论");
        Assert.Equal("一致", lines[1].Split(',')[at]);
    }

    [Theory]
    [InlineData("Designation"), InlineData("Explanation"), InlineData("Nickname"), InlineData("Combination")]
    public void A_heading_that_only_ends_like_one_we_know_is_somebody_elses(string heading)
    {
        var line = Verified($"Name,ID number,{heading}\n{Person},x\n", "en").Split('\n')[1];
        Assert.StartsWith($"{Person},x,Consistent,consistent,,,", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StudentName", "Student ID Number"), InlineData("Student Name", "citizenIDNumber"), InlineData("考生姓名", "考生身份证号")]
    public void A_heading_that_ends_with_a_word_we_know_is_ours(string name, string number) =>
        Assert.Contains(",一致,consistent,", Verified($"{name},{number}\n{Person}\n", "zh"), StringComparison.Ordinal);

    private string Verified(string text, string language)
    {
        var input = Path.Combine(_folder, "in.csv");
        var output = Path.Combine(_folder, "out.csv");
        File.WriteAllText(input, text, new UTF8Encoding(false));
        using var register = samples.Open();
        var result = VerifyFile.Run(new VerifyRequest { InputPath = input, InputName = input, OutputPath = output, Language = language }, register, TimeProvider.System, null, CancellationToken.None);
        Assert.True(result.Ok(out _, out var refusal), refusal?.English);
        return File.ReadAllText(output);
    }
}
