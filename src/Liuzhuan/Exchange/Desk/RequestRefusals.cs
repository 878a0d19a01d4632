using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Desk;

/// <summary>What is refused around requests.</summary>
internal static class RequestRefusals
{
    public const int LongestNote = 500;

    public static readonly Refusal Ground = new("request.ground",
        "没有选择用途和依据，或者所选的已不存在：没有依据的请求不能受理。请从“用途和依据”里选一条。",
        "No purpose and ground was chosen, or what was chosen is no more: a request without one cannot be taken. Choose one under \"Purpose and ground\".");

    public static readonly Refusal Cadence = new("request.cadence",
        "请选择核查的频次，它决定答复的期限。",
        "Choose how often you ask; it decides by when it is answered.");

    public static readonly Refusal Fact = new("request.fact",
        "请选择要核查的内容。",
        "Choose what is to be verified.");

    public static readonly Refusal Note = new("request.note",
        $"事由请写成一行，控制在 {LongestNote} 字以内。",
        $"Write the matter on one line, with at most {LongestNote} characters.");

    public static readonly Refusal NotVerified = new("request.not-verified",
        "还没有核验完成的结果，不能发出。请等核验完成，或者写明原因退回。",
        "There is no finished result to release yet. Wait for the verification, or return it with a reason.", StatusCodes.Status409Conflict);

    public static readonly Refusal Reason = new("request.reason",
        $"请写明退回的原因和怎样改正（至多 {LongestNote} 字），对方会看到。",
        $"Write why it is returned and how to mend it (at most {LongestNote} characters); the other side reads it.");

    public static Refusal GroundOver(Ground ground) => new("request.ground-over",
        $"这件请求的依据“{ground.Name.Zh}”今天不在有效期内{(ground.ValidTo is { } end ? $"（自 {end:yyyy-MM-dd} 起失效）" : "")}，不能据此核验，只能退回。请写明原因，请对方按现行依据重新提交。",
        $"The ground of this request, {ground.Name.En}, is not in force today{(ground.ValidTo is { } over ? $" (it ended on {over:yyyy-MM-dd})" : "")}, so nothing may be verified on it: the request can only be returned. Say so, and ask for it again on a ground in force.", StatusCodes.Status409Conflict);

    public static Refusal GroundOfOthers(Ground ground, Purpose purpose) => new("request.ground-of-others",
        $"这件请求的依据“{ground.Name.Zh}”现在不适用于请求单位这一系统为“{purpose.Name.Zh}”核查，只能退回。请写明原因，请对方按本系统的依据重新提交。",
        $"The ground of this request, {ground.Name.En}, does not stand for the agency's branch and \"{purpose.Name.En}\" today: the request can only be returned. Say so, and ask for it again on a ground of that branch.", StatusCodes.Status409Conflict);

    /// <param name="words">Of the ground, as they were when the request came.</param>
    public static Refusal GroundLost(string words) => new("request.ground-lost",
        $"这件请求的依据“{words}”已不在登记的依据中，无法判定是否有效，只能退回。请写明原因，请对方按现行依据重新提交。",
        $"The ground of this request (\"{words}\") is no longer among those registered, so nobody can say that it holds: the request can only be returned. Say so, and ask for it again on a ground in force.", StatusCodes.Status409Conflict);

    public static readonly Refusal Gone = new("request.file-gone",
        "这件请求的文件已过保存期或不在本机，不能核验。请退回并请对方重新提交。",
        "The file of this request has expired or is not on this host, so it cannot be verified. Return it and ask for it again.", StatusCodes.Status410Gone);
}
