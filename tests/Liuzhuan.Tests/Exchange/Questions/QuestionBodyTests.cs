using System.Text;
using Liuzhuan.Exchange.Questions;

namespace Liuzhuan.Tests.Exchange.Questions;

public class QuestionBodyTests
{
    private const string Good = """{"purpose":"p","person":{"number":"220104197709280019","name":"甲"},"facts":[{"fact":"identity","values":{"sex":"女"}},{"fact":"residence"}]}""";

    [Fact]
    public void A_question_is_read_as_it_was_sent()
    {
        Assert.True(QuestionBody.Read(Encoding.UTF8.GetBytes(Good)).Ok(out var body, out _));
        Assert.Equal(("p", "220104197709280019", "甲"), (body.Purpose, body.Person.Number, body.Person.Name));
        Assert.Equal("女", body.Facts[0].Values["sex"]);
        Assert.Empty(body.Facts[1].Values);
        Assert.Null(body.SealedUntil);
    }

    [Theory]
    [InlineData("", "question.unreadable")]
    [InlineData("null", "question.not-an-object")]
    [InlineData("[]", "question.unreadable")]
    [InlineData("{\"purpose\":\"p\"}", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity"}],"extra":1}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","purpose":"q","person":{"number":"1"},"facts":[{"fact":"identity"}]}""", "question.unreadable")]
    [InlineData("""{"Purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity"}]}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":1},"facts":[{"fact":"identity"}]}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity","values":{"sex":["女"]}}]}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity","values":{"sex":null}}]}""", "question.bounds")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity","values":null}]}""", "question.bounds")]
    [InlineData("""{"purpose":"p","person":null,"facts":[{"fact":"identity"}]}""", "question.bounds")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[]}""", "question.bounds")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[null]}""", "question.bounds")]
    [InlineData("""{"purpose":"","person":{"number":"1"},"facts":[{"fact":"identity"}]}""", "question.bounds")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity"}],"sealedUntil":"tomorrow"}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity"}]} {}""", "question.unreadable")]
    [InlineData("""{"purpose":"p","person":{"number":"1"},"facts":[{"fact":"identity"}] // comment""", "question.unreadable")]
    public void What_is_not_a_question_is_refused(string text, string code)
    {
        Assert.False(QuestionBody.Read(Encoding.UTF8.GetBytes(text)).Ok(out _, out var refusal));
        Assert.Equal((code, 400), (refusal.Code, refusal.Status));
    }

    [Fact]
    public void Counts_and_lengths_are_bounded()
    {
        var fact = """{"fact":"identity"}""";
        string[] texts =
        [
            Good.Replace("[{", "[" + string.Concat(Enumerable.Repeat(fact + ",", QuestionBody.MostFacts)) + "{", StringComparison.Ordinal),
            Good.Replace("甲", new string('甲', QuestionBody.MostCharacters + 1), StringComparison.Ordinal),
            Good.Replace("女", new string('女', QuestionBody.MostCharacters + 1), StringComparison.Ordinal),
            Good.Replace("\"sex\":\"女\"", string.Join(',', Enumerable.Range(0, QuestionBody.MostValues + 1).Select(i => $"\"f{i}\":\"1\"")), StringComparison.Ordinal),
            Good.Replace("\"p\"", $"\"{new string('p', 101)}\"", StringComparison.Ordinal),
        ];

        Assert.All(texts, text =>
        {
            Assert.False(QuestionBody.Read(Encoding.UTF8.GetBytes(text)).Ok(out _, out var refusal));
            Assert.Equal("question.bounds", refusal.Code);
        });
    }

    [Fact]
    public void A_refusal_says_where_and_repeats_nothing_of_the_body()
    {
        var text = "{\n\"purpose\":\"p\",\n\"person\":{\"number\":\"220104197709280019\",\"name\":\"张三丰\",\"age\":1},\"facts\":[{\"fact\":\"identity\"}]}";

        Assert.False(QuestionBody.Read(Encoding.UTF8.GetBytes(text)).Ok(out _, out var refusal));

        Assert.Contains("line 3", refusal.English, StringComparison.Ordinal);
        Assert.Contains("第 3 行", refusal.Chinese, StringComparison.Ordinal);
        Assert.DoesNotContain("220104", refusal.Chinese + refusal.English, StringComparison.Ordinal);
        Assert.DoesNotContain("张三丰", refusal.Chinese + refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.False(QuestionBody.Read(Encoding.UTF8.GetBytes($$"""{"purpose":{{new string('[', 7000)}}""")).Ok(out _, out _));
}
