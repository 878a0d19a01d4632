using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Objections;

/// <summary>A choice with its stable code.</summary>
internal sealed record ObjectionChoice(string Code, Text Words);

/// <summary>The reasons one can give, and the ways an objection can end.</summary>
internal static class ObjectionChoices
{
    public const string Other = "other";

    public static IReadOnlyList<ObjectionChoice> OfAccess { get; } =
    [
        new("not-known", new("我不知道为什么查我", "I do not know why I was looked up")),
        new("no-business", new("我没有在这个单位办过事", "I had no business with this body")),
        new("wrong-purpose", new("写明的用途与事实不符", "The purpose that is stated is not true")),
        new("too-often", new("查询次数超过办事需要", "I was looked up more often than the matter needs")),
        new(Other, new("其他原因（请在下面写明）", "Something else (write it below)")),
    ];

    public static IReadOnlyList<ObjectionChoice> OfRows { get; } =
    [
        new("differs-from-document", new("与证件原件不符", "It differs from the document")),
        new("person-denies", new("当事人称登记有误", "The person says that the register is wrong")),
        new("outdated", new("登记可能已经变更", "The record may be out of date")),
        new(Other, new("其他原因（请在下面写明）", "Something else (write it below)")),
    ];

    public static IReadOnlyList<ObjectionChoice> OutcomesOfAccess { get; } =
    [
        new("justified", new("查询有依据", "The access was justified")),
        new("at-fault", new("查询不当，已处理", "The access was wrong, and was dealt with")),
    ];

    public static IReadOnlyList<ObjectionChoice> OutcomesOfRows { get; } =
    [
        new("confirmed", new("经核对，登记无误", "Checked: the record is right")),
        new("corrected", new("登记有误，已更正", "The record was wrong, and is corrected")),
    ];

    public static IReadOnlyList<ObjectionChoice> Reasons(string about) => about == Objection.Access ? OfAccess : OfRows;

    public static IReadOnlyList<ObjectionChoice> Outcomes(string about) => about == Objection.Access ? OutcomesOfAccess : OutcomesOfRows;

    /// <summary>The words of a code; the code itself where it is of an earlier version.</summary>
    public static Text Words(IEnumerable<ObjectionChoice> choices, string code) => choices.FirstOrDefault(choice => choice.Code == code)?.Words ?? new Text(code, code);
}
