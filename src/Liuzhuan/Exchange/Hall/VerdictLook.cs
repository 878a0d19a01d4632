using Liuzhuan.Exchange.Wording;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Hall;

/// <summary>How a verdict is shown: word, shape, pattern and colour together, so that none of them alone has to carry it.</summary>
/// <param name="Code">The stable verdict code; also the CSS class that colours it.</param>
/// <param name="Shape">SVG path of its sign in a 20 × 20 box: outline and inner mark differ for every verdict.</param>
/// <param name="Mark">SVG path of the white mark inside.</param>
internal sealed record VerdictLook(string Code, Text Meaning, string Shape, string Mark)
{
    public static IReadOnlyList<VerdictLook> All { get; } =
    [
        new("consistent",
            new("姓名和号码等比对项与登记库相符。", "Everything compared agrees with the register."),
            "M10 1a9 9 0 1 0 0 18a9 9 0 1 0 0-18z", "M5.8 10.2l3 3 5.4-6"),
        new("inconsistent",
            new("有这个号码，但至少一项不同。请核对原件，再问本人。", "The number exists, at least one item differs. Check the document, then ask the person."),
            "M10 .5L19.5 10 10 19.5.5 10z", "M6 8.2h8M6 11.8h8M12.2 5.6l-4.4 8.8"),
        new("not_in_register",
            new("登记库里没有这个号码。请核对号码；确认无误的，向户籍地查询。", "The register has no such number. Check it; if it is right, ask the place of registration."),
            "M2 2h16v16H2z", "M5.5 10h9"),
        new("cannot_decide",
            new("登记库现在给不出可靠结论，这不等于不一致。请按说明处理。", "The register cannot give a reliable answer now, which is not a no. Follow the explanation."),
            "M10 1l9.5 17.5H.5z", "M10 7.5v5M10 14.6v1.4"),
        new("invalid",
            new("这一行本身有误，没有与登记库比对。请按说明改正后再核验。", "The row itself is faulty and was not compared. Mend it as explained and verify again."),
            "M6 .8h8L19.2 6v8L14 19.2H6L.8 14V6z", "M6.6 6.6l6.8 6.8M13.4 6.6l-6.8 6.8"),
    ];

    /// <summary>The same word as in the result file.</summary>
    public Text Word => new(AnswerTexts.In(PageLanguage.Chinese).Verdicts[Code], AnswerTexts.In(PageLanguage.English).Verdicts[Code]);

    public static VerdictLook? Of(string code) => All.FirstOrDefault(look => look.Code == code);
}
