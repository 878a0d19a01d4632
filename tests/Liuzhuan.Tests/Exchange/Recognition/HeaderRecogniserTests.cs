using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests.Exchange.Recognition;

public sealed class HeaderRecogniserTests
{
    [Theory]
    [InlineData("姓名|身份证号", "id_number=B name=A")]
    [InlineData("序号|姓名*|身份证号码(18位)|性别|备注", "id_number=C name=B sex=D")]
    [InlineData("姓 名（必填）|证件号码：", "id_number=B name=A")]
    [InlineData("1、姓名|2、公民身份号码|3.性别|（4）民族", "id_number=B name=A sex=C ethnicity=D")]
    [InlineData("一、姓名|二、身份证号", "id_number=B name=A")]
    [InlineData("\"姓名\"|“身份证\n号码”", "id_number=B name=A")]
    [InlineData("【姓名】|★身份证号★", "id_number=B name=A")]
    [InlineData("No|Full Name|ID Number|Remark", "id_number=C name=B")]
    [InlineData("NAME|ID No.|Date of Birth|GENDER", "id_number=B name=A sex=D birth_date=C")]
    [InlineData("name|id_number|division", "id_number=B name=A division=C")]
    [InlineData("ＮＡＭＥ|ＩＤ", "id_number=B name=A")]
    [InlineData("编号|申请人姓名|身份证件号码|事由", "id_number=C name=B")]
    [InlineData("ID|Name|ID Number", "id_number=C name=B")]
    [InlineData("考生姓名|考生身份证号码|考生性别", "id_number=B name=A sex=C")]
    [InlineData("姓名|父亲姓名|身份证号|监护人身份证号", "id_number=C name=A")]
    [InlineData("姓名（监护人）|监护人身份证号|姓名|身份证号", "id_number=D name=C")]
    [InlineData("姓名|户主姓名|身份证号|与户主关系", "id_number=C name=A")]
    [InlineData("户主姓名|身份证号", "id_number=B name=A")]
    [InlineData("学生姓名|教师姓名|身份证号", "id_number=C name=A")]
    [InlineData("教师姓名|教师身份证号", "id_number=B name=A")]
    [InlineData("姓名|身份证号|身份证有效期|身份证住址|姓名拼音|曾用名", "id_number=B name=A")]
    [InlineData("父姓名|原姓名|姓名|旧身份证号|身份证号", "id_number=E name=C")]
    [InlineData("单位名称|姓名|证件类型|证件号码|联系人姓名", "id_number=D name=B")]
    [InlineData("Name|ID Number|Father's Name|Company Name|Guardian ID Number", "id_number=B name=A")]
    [InlineData("姓名|身份证号|出生日期（如19770928）|户籍区划代码", "id_number=B name=A birth_date=C division=D")]
    [InlineData("姓名/Name|身份证号/ID", "id_number=B name=A")]
    [InlineData("Name／姓名|ID\n身份证号", "id_number=B name=A")]
    public void Headings_are_recognised_as_people_write_them(string header, string expected) => Assert.Equal(expected, Found(Recognise(header)));

    [Theory]
    [InlineData("XM|XB|SFZH|CSRQ|MZ", "id_number=C name=A sex=B birth_date=D ethnicity=E")]
    [InlineData("人名|ID号码|XM", "id_number=B name=A")]
    public void So_are_those_that_databases_export(string header, string expected)
    {
        Assert.True(HeaderRecogniser.Recognise([new PreviewRecord(1, header.Split('|'))], SchemaCatalogue.Find("person")!, new Dictionary<string, string>()).Ok(out var found, out _));
        Assert.Equal(expected, Found(found));
    }

    [Fact]
    public void Title_lines_above_the_header_are_passed_over()
    {
        var found = Recognise(["二〇二六级新生信息核验表", "", "请填写姓名、身份证号", "联系人姓名：张三|", "序号|姓名*|身份证号码||", "1|王芳|220102197709280023"]);

        Assert.Equal((4, 5L, 3), (found.HeaderRecord, found.HeaderLine, found.HeaderWidth));
    }

    [Theory]
    [InlineData(1, "姓名|张三|身份证号|220102197709280023", "序号|姓名|身份证号|备注", "1|王芳|220102197709280023|")]
    [InlineData(2, "姓名：|张三|身份证号：|220102197709280023", "", "姓名|身份证号", "王芳|220102197709280023")]
    [InlineData(2, "姓名|张三|身份证号|220102197709280023", "序号|姓名|证件信息|", "||证件类型|证件号码", "1|王芳|身份证|220102197709280023")]
    [InlineData(0, "姓名|身份证号|统一编号220102197709280023", "王芳|220102197709280023|")]
    public void A_line_that_says_who_filled_in_the_form_is_the_header_only_where_there_is_no_other(int header, params string[] lines) => Assert.Equal(header, Recognise(lines).HeaderRecord);

    [Theory]
    [InlineData("B", "C", "姓名|父亲姓名|父亲身份证号")]
    [InlineData("B", "C", "父亲姓名|身份证号")]
    [InlineData("B", "C", "姓名|备注")]
    [InlineData("B", "C", "姓名及身份证号码填写要求")]
    [InlineData("B", "A", "王芳|220102197709280023")]
    [InlineData("D", "C", "甲|乙|丙|丁", "1|2026-1-1|迪丽热巴·迪力木拉提|220102197709280023|二道区")]
    [InlineData("A", "B", "甲|乙", "220102197709280023|Wang Fang")]
    [InlineData("B", "C", "甲|乙", "1|22010219770928002")]
    public void Without_a_name_and_a_number_column_the_refusal_shows_what_was_seen(string number, string name, params string[] lines)
    {
        var refusal = Refuse(lines);

        Assert.Equal("input.no-header", refusal.Code);
        Assert.Contains($"--column id_number={number} --column name={name}。", refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains($"--column id_number={number} --column name={name}.", refusal.English, StringComparison.Ordinal);
        Assert.DoesNotContain("220102197709280023", refusal.Chinese + refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_was_seen_the_refusal_says_so()
    {
        foreach (var refusal in new[] { Refuse([]), Refuse(["", "| |", ""]) })
        {
            Assert.Equal("input.no-header", refusal.Code);
            Assert.StartsWith("没有内容", refusal.Chinese, StringComparison.Ordinal);
            Assert.DoesNotContain("first", refusal.English, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("姓名|身份证号|证件号码", "B 列“身份证号”、C 列“证件号码”", "--column id_number=B")]
    [InlineData("姓名|身份证号|姓名|身份证号", "B 列“身份证号”、D 列“身份证号”", "--column id_number=B")]
    [InlineData("原告姓名|被告姓名|身份证号", "A 列“原告姓名”、B 列“被告姓名”", "--column name=A")]
    public void An_ambiguous_header_lists_the_candidates_and_how_to_choose(string header, string candidates, string choice)
    {
        var refusal = Refuse([header]);

        Assert.Equal("input.ambiguous-header", refusal.Code);
        Assert.Contains(candidates, refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains(choice, refusal.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("姓名|身份证号|证件号码", "id_number=C", "id_number=C name=A")]
    [InlineData("姓名|身份证号|证件号码", "id_number=3", "id_number=C name=A")]
    [InlineData("姓名|身份证号|证件号码", "id_number=证件号码", "id_number=C name=A")]
    [InlineData("原告姓名|被告姓名|身份证号", "name=被告姓名", "id_number=C name=B")]
    [InlineData("甲|乙|丙", "name=A id_number=c", "id_number=C name=A")]
    [InlineData("姓名|身份证号|性别", "sex=-", "id_number=B name=A")]
    [InlineData("B|A|name|id", "id_number=A", "id_number=B name=C")]
    public void A_column_may_be_chosen_by_letter_number_or_heading(string header, string choices, string expected) =>
        Assert.Equal(expected, Found(Recognise([header], choices)));

    [Theory]
    [InlineData("", "序号|姓名|证件信息|", "||证件类型|证件号码")]
    [InlineData("", "人员花名册|||", "序号|姓名|证件|", "||类型|身份证号")]
    [InlineData("name=B id_number=D", "序号|姓名|证件信息|", "||证件类型|号码")]
    public void A_header_of_two_lines_is_one(string choices, params string[] lines)
    {
        var found = Recognise([.. lines, "1|王芳|身份证|220102197709280023", "2|王芳|身份证|220102197709280023"], choices);

        Assert.Equal((lines.Length - 1, "id_number=D name=B", "姓名"), (found.HeaderRecord, Found(found), found.Headings[1]));
    }

    // What is said about places must not make the first person the header.
    [Theory]
    [InlineData("甲|乙|丙|丁", "1|王芳|身份证|220102197709280023")]
    [InlineData("序号|姓名|证件信息|", "||证件类型|证件号码", "1||身份证|220102197709280023")]
    [InlineData("序|甲||", "1|王芳|身份证|220102197709280023")]
    [InlineData("某单位名单|||联系电话：13800138000", "序号|姓名|类型|身份证号", "1|王芳|身份证|220102197709280023")]
    [InlineData("某单位名单|||联系电话：13800138000", "序号|甲|类型|乙", "1|王芳|身份证|220102197709280023")]
    public void With_columns_chosen_by_letter_the_line_above_the_first_number_is_the_header(params string[] lines) =>
        Assert.Equal(lines.Length - 2, Recognise([.. lines, "2|李雷|身份证|220102197709280023"], "name=B id_number=D").HeaderRecord);

    [Theory]
    [InlineData("序|甲|类|乙", "1|王芳|军官|")]
    [InlineData("序号|姓名|类型|身份证号", "1|王芳|身份证|无")]
    public void Nor_must_a_person_without_a_number(string header, string person) =>
        Assert.Equal(0, Recognise([header, person, "2|李雷|身份证|220102197709280023"], "name=B id_number=D").HeaderRecord);

    [Theory]
    [InlineData("某单位名单|填表|日期|2026年", "序|甲|类|乙")]
    [InlineData("序|甲|类|乙", "1|王芳|身份证|无")]
    [InlineData("序|甲||", "1|王芳||")]
    public void Where_two_lines_may_be_the_header_both_are_named(string first, string second)
    {
        var refusal = Refuse([first, second, "2|李雷|身份证|220102197709280023"], "name=B id_number=D");
        Assert.Equal("input.ambiguous-header", refusal.Code);
        Assert.Contains("1: ", refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains("2: ", refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_person_whose_number_is_too_short_is_no_header() =>
        Assert.Equal("input.header-required", Refuse(["1|王芳|身份证|22010477", "2|李雷|身份证|220102197709280023"], "name=B id_number=D").Code);

    [Fact]
    public void A_row_of_data_that_holds_a_word_of_headings_is_none()
    {
        Assert.Equal("input.header-required", Refuse(["1|王芳|身份证|220102197709280023"], "name=B id_number=D").Code);
        Assert.Equal("input.no-header", Refuse(["序号|姓名|证件", "1|王芳|220102197709280023"]).Code);
        Assert.Equal("input.no-header", Refuse(["序号|姓名|证件信息||备注", "||证件类型|证件号码"]).Code);
    }

    [Theory]
    [InlineData("姓名|身份证号", "phone=B", "input.unknown-column")]
    [InlineData("姓名|身份证号", "name=Z", "input.column-not-found")]
    [InlineData("姓名|身份证号", "name=电话", "input.column-not-found")]
    [InlineData("姓名|身份证号", "name=-", "input.column-not-found")]
    [InlineData("姓名|身份证号", "name=B", "input.column-chosen-twice")]
    [InlineData("王芳|220102197709280023", "name=A id_number=B", "input.header-required")]
    public void A_choice_that_cannot_be_met_is_refused(string header, string choices, string code) => Assert.Equal(code, Refuse([header], choices).Code);

    [Theory]
    [InlineData("姓名|身份证号|核验结论|结论代码|不一致项|备注代码|说明", "2 3 4 5 6")]
    [InlineData("姓名|核验结论|结论代码|不一致项|备注代码|说明|身份证号|说明", "1 2 3 4 5")]
    [InlineData("姓名|身份证号|说明", "")]
    [InlineData("name|id|Verdict|Verdict code|Differing fields|Note codes|Explanation", "2 3 4 5 6")]
    [InlineData("name|id|Verdict|Explanation", "")]
    [InlineData("姓名|身份证号|核验结论|不一致项|备注代码|说明", "2 3 4")]
    public void Result_columns_of_an_earlier_run_are_found(string header, string columns) => Assert.Equal(columns, string.Join(' ', Recognise(header).OldResultColumns));

    private static string Found(Liuzhuan.Exchange.Recognition.Recognition found) =>
        string.Join(' ', found.Columns.Select(column => $"{column.Name}={Liuzhuan.Platform.Spreadsheets.ColumnName.Of(column.Index)}"));

    private static Liuzhuan.Exchange.Recognition.Recognition Recognise(string header) => Recognise([header]);

    private static Liuzhuan.Exchange.Recognition.Recognition Recognise(string[] lines, string choices = "")
    {
        Assert.True(Try(lines, choices).Ok(out var found, out var refusal), refusal?.English);
        return found;
    }

    private static Refusal Refuse(string[] lines, string choices = "")
    {
        Assert.False(Try(lines, choices).Ok(out var found, out var refusal), found is null ? "" : Found(found));
        return refusal!;
    }

    private static Result<Liuzhuan.Exchange.Recognition.Recognition> Try(string[] lines, string choices) => HeaderRecogniser.Recognise(
        [.. lines.Select((line, i) => new PreviewRecord(i + 1, line.Split('|')))], PersonSchema.Value,
        choices.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(choice => choice[..choice.IndexOf('=')], choice => choice[(choice.IndexOf('=') + 1)..]));
}
