using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests.Exchange;

public class AnswerPhrasesTests
{
    public static TheoryData<string> Languages => ["zh", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_code_has_a_text_in_both_languages(string language)
    {
        var texts = AnswerTexts.In(language);
        Assert.Equal(AnswerCodes.Verdicts.Order(), texts.Verdicts.Keys.Order());
        Assert.Equal(AnswerCodes.Reasons.Order(), texts.Reasons.Keys.Order());
        Assert.Equal(AnswerCodes.Notes.Order(), texts.Notes.Keys.Order());
        Assert.All([.. texts.Verdicts.Values, .. texts.Reasons.Values, .. texts.Notes.Values], text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_reason_names_a_remedy_after_its_cause(string language) =>
        Assert.All(AnswerTexts.In(language).Reasons.Values, text => Assert.Matches("[：:,，]", text));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_compared_field_of_every_shipped_schema_has_a_label_in_the_language(string language)
    {
        foreach (var id in SchemaCatalogue.Shipped)
        {
            var schema = SchemaCatalogue.Find(id)!;
            var texts = AnswerTexts.In(language);
            Assert.All(schema.Fields.Where(field => field.Comparer != "none"), field => Assert.Contains(field.Headers, texts.IsLabel));
        }
    }

    [Fact]
    public void Two_differing_fields_and_a_note_make_one_explanation()
    {
        var words = Chinese().Describe(new AnswerCore(Verdict.Inconsistent, notes: Notes.Deceased | Notes.FormerName, differing: 0b11), null);
        Assert.Equal(new AnswerWords("不一致", "inconsistent", "name;sex", "deceased;former_name",
            "姓名、性别与登记信息不一致：请对照证件原件核对更正；原件无误的，请向户籍所在地派出所核实；请注意，登记信息显示此人已死亡；所填姓名是登记的曾用名：请改填现用姓名。"), words);
    }

    [Fact]
    public void Reasons_stand_before_notes_and_batch_notes_come_last()
    {
        var answer = new AnswerCore(Verdict.Invalid, Reasons.NumberLength | Reasons.NameMissing, Notes.NormalisedNumber, notCompared: 0b10);
        var words = Chinese().Describe(answer, new DuplicateOf(12, "名单", 15));
        Assert.Equal("number_length;name_missing;normalised_number;not_compared_sex;duplicate_of_row_12", words.Notes);
        Assert.EndsWith("与第12条数据（工作表“名单”第15行）的号码相同：请确认是否重复填报。", words.Explanation);
    }

    [Fact]
    public void A_consistent_row_says_so_in_one_short_sentence()
    {
        Assert.Equal(new AnswerWords("一致", "consistent", "", "", "与登记信息一致。"), Chinese().Describe(new AnswerCore(Verdict.Consistent), null));
        Assert.Equal(new AnswerWords("Consistent", "consistent", "", "", "Agrees with the register."), new AnswerPhrases(SchemaCatalogue.Find("person")!, "en").Describe(new AnswerCore(Verdict.Consistent), null));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_text_needs_quoting_in_a_comma_file_or_breaks_a_line(string language)
    {
        var texts = AnswerTexts.In(language);
        var (verdict, code, fields, notes, explanation) = texts.Headings;
        Assert.All([verdict, code, fields, notes, explanation, .. texts.Verdicts.Values], text => Assert.DoesNotContain(text, c => c is ',' or '"' or '\n' or '\r'));
        Assert.All([.. texts.Reasons.Values, .. texts.Notes.Values], text => Assert.DoesNotContain(text, c => c is '"' or '\n' or '\r'));
    }

    private static AnswerPhrases Chinese() => new(SchemaCatalogue.Find("person")!, "zh");
}
