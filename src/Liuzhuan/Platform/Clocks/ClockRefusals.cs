using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks;

/// <summary>What is refused around clocks and calendars.</summary>
internal static class ClockRefusals
{
    public static readonly Refusal Days = new("clocks.days",
        $"日期不对：应在 {ClockLaw.Earliest:yyyy} 至 {ClockLaw.Latest:yyyy} 年之间，结束日不早于开始日。",
        $"The days are wrong: write days from {ClockLaw.Earliest:yyyy} to {ClockLaw.Latest:yyyy}, the last not before the first.");

    public static readonly Refusal Texts = new("clocks.texts",
        "文字过长或缺少记录人：请写明记录人，依据和备注各不超过 500 字。",
        "A text is too long, or nobody is named: name who records it; provision and note have at most 500 characters each.");

    public static readonly Refusal NoProvision = new("clocks.no-provision",
        "没有写明依据：计时的每一步都要有法律条款，请补上。",
        "No provision is named: every step of a clock rests on an article of law; add it.");

    public static readonly Refusal Started = new("clocks.started",
        "这个时限已经开始：需要更正起算日时，请先撤销原来的开始记录。",
        "This clock has been started: to correct the day, revoke the entry that started it first.", StatusCodes.Status409Conflict);

    public static readonly Refusal NotStarted = new("clocks.not-started",
        "这个时限还没有开始：请先记录开始。",
        "This clock has not been started: record its start first.", StatusCodes.Status409Conflict);

    public static readonly Refusal Stopped = new("clocks.stopped",
        "这个时限已经办结：有误时请撤销办结记录。",
        "This clock is over: if that is wrong, revoke the entry that stopped it.", StatusCodes.Status409Conflict);

    public static readonly Refusal BeforeStart = new("clocks.before-start",
        "记录的日期早于开始：请核对日期。",
        "The day is before the start: check it.");

    public static readonly Refusal NotSuspended = new("clocks.not-suspended",
        "没有可以恢复的中止：请核对日期和所指的记录。",
        "There is no suspension to resume: check the day and the entry that is meant.", StatusCodes.Status409Conflict);

    public static readonly Refusal NoEnd = new("clocks.no-end",
        "不计入的期间要有最后一日：请写明起止。",
        "Time that is left out needs a last day: name both ends.");

    public static readonly Refusal NoExtension = new("clocks.no-extension",
        "这个时限依法不能延长：请按期办理，或写明另行适用的规则。",
        "The law knows no extension of this limit: keep it, or use the rule that applies instead.");

    public static readonly Refusal TooLate = new("clocks.too-late",
        "届满之后不能再延长：请按逾期处理并说明原因。",
        "What is over cannot be extended: treat it as overdue and say why.", StatusCodes.Status409Conflict);

    public static readonly Refusal NotThePromise = new("clocks.not-the-promise",
        "告知的日期与现在计算的届满日不同：请以届满日告知；中止未恢复时没有可以告知的日期。",
        "The day to be told is not the end as it is computed now: tell that one; during an open suspension there is none.", StatusCodes.Status409Conflict);

    public static readonly Refusal NothingToRevoke = new("clocks.nothing-to-revoke",
        "没有可以撤销的这条记录：它不存在、已被撤销，或者是不能收回的告知。",
        "There is no such entry to revoke: it does not exist, is revoked already, or told somebody a day, which cannot be taken back.", StatusCodes.Status409Conflict);

    public static readonly Refusal Unknown = new("clocks.unknown",
        "没有这个时限：请用 clocks list 查看编号。",
        "There is no such clock: look its id up with \"clocks list\".", StatusCodes.Status404NotFound);

    public static readonly Refusal Taken = new("clocks.taken",
        "这个编号的时限已经存在：请换一个编号。",
        "A clock with this id is there already: choose another id.", StatusCodes.Status409Conflict);

    public static readonly Refusal Id = new("clocks.id",
        "时限编号只能用字母、数字和 . _ / -，至多 100 个字符。",
        "The id of a clock may hold letters, digits and . _ / -, at most 100 of them.");

    public static readonly Refusal Division = new("clocks.division",
        "行政区划代码只能是数字，至多 12 位：请核对。",
        "A division code has digits only, at most 12: check it.");

    public static readonly Refusal Holder = new("clocks.holder",
        "承办人的写法不对：请写成 officer/警号，或 role/岗位@机构代码。",
        "The holder is malformed: write officer/NUMBER, or role/ROLE@OFFICE.");

    public static readonly Refusal SameYear = new("calendar.same",
        "这一年的放假安排与现有的完全相同：无需导入。",
        "The notice of this year is there already, word for word: there is nothing to import.", StatusCodes.Status409Conflict);

    public static readonly Refusal EntryTaken = new("clocks.entry-taken",
        "这个编号的记录已经存在，而内容不同：请换一个编号。",
        "An entry with this id is there already and says something else: choose another id.", StatusCodes.Status409Conflict);

    public static readonly Refusal Busy = new("clocks.busy",
        "这个时限或日历正被别人修改：请稍后重试。",
        "Somebody else is changing this clock or the calendar: try again in a moment.", StatusCodes.Status409Conflict);

    public static readonly Refusal Matter = new("clocks.matter",
        "这件事刚才已被办理或更改：请刷新页面查看现状。",
        "This matter was handled or changed a moment ago: reload the page to see how it stands.", StatusCodes.Status409Conflict);

    public static Refusal TooLong(Limit most) => new("clocks.too-long",
        $"延长超出限度：合计至多 {most.Words.Zh}。",
        $"The extension is too long: {most.Words.En} in all.");

    public static Refusal NoApprover(Text approver) => new("clocks.no-approver",
        $"延长须经批准：请写明批准人（{approver.Zh}）。",
        $"An extension must be approved: name who did ({approver.En}).");
}
