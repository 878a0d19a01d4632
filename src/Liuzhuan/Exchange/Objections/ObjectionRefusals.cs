using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Objections;

/// <summary>What is refused around objections.</summary>
internal static class ObjectionRefusals
{
    public static readonly Refusal Reason = new("objection.reason",
        "请选择一个原因；选“其他原因”时请在下面写明。",
        "Choose a reason; with \"something else\", write what it is.");

    public static readonly Refusal Words = new("objection.words",
        $"说明太长：请控制在 {ObjectionWords.Longest} 字以内。",
        $"The words are too long: use at most {ObjectionWords.Longest} characters.");

    public static readonly Refusal Once = new("objection.once",
        "这次查询您已经提过异议，不能重复提出。请在“我的异议”里查看进展。",
        "You have objected to this access already, which can be done once. See how it stands under \"My objections\".", StatusCodes.Status409Conflict);

    public static readonly Refusal TooMany = new("objection.too-many",
        $"您有 {RaiseObjection.MostOpen} 件异议还没有答复，或者三十天内已提出 {RaiseObjection.MostInMonth} 件。请等答复后再提；急事请到窗口或拨打 12345。",
        $"{RaiseObjection.MostOpen} of your objections wait for an answer, or you raised {RaiseObjection.MostInMonth} within thirty days. Wait for answers first; for urgent matters go to a window or call 12345.", StatusCodes.Status429TooManyRequests);

    public static readonly Refusal NotYours = new("objection.not-yours",
        "您的查询记录里没有这一条，不能提出异议。请从“谁查过我”里选择一条。",
        "Your list holds no such access, so there is nothing to object to. Choose one from \"Who asked about me\".", StatusCodes.Status404NotFound);

    public static readonly Refusal Rows = new("objection.rows",
        "请只写有异议的行号，如 3、8、12-15，至多 200 个字符；其他情况写在说明里。",
        "Write nothing but the numbers of the rows you dispute, such as 3, 8, 12-15, in at most 200 characters; the rest belongs into the words.");

    public static readonly Refusal Outcome = new("objection.outcome",
        "请选择处理结果，并写明给当事人的答复。",
        "Choose how it ended, and write the answer for the person.");

    public static readonly Refusal OwnAct = new("objection.own-act",
        "这件异议针对您本人的操作，不能由您处理。请由同事或上级处理。",
        "This objection is about something you did yourself, so you may not decide it. Leave it to a colleague or superior.", StatusCodes.Status403Forbidden);
}
