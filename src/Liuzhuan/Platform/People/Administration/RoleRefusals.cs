using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>Why a role is not given or taken.</summary>
internal static class RoleRefusals
{
    public static readonly Refusal Own = new("role.own", "不能变更自己的角色：请由另一位安全管理员办理。", "Nobody changes their own roles: have another security administrator do it.", StatusCodes.Status403Forbidden);

    public static readonly Refusal OwnInvitation = new("role.own-invitation", "不能给自己发邀请码：请由另一位系统管理员办理。", "Nobody invites themselves: have another system administrator do it.", StatusCodes.Status403Forbidden);

    public static readonly Refusal ApartInvitation = new("role.apart-invitation",
        "三权分立：系统管理员不能给安全管理员、审计员发邀请码，否则就能冒用他们登录。请由运行单位在服务器上用 liuzhuan officer invite 办理。",
        "System, security and audit administration are kept apart: whoever could invite a security administrator or an auditor could sign in as one. Have the operator do it on the server with liuzhuan officer invite.", StatusCodes.Status403Forbidden);

    public static readonly Refusal NoReason = new("role.no-reason", "请写明理由和依据（各不超过 300 字）：没有依据的授权不得登记。", "Give the reason and the provision (at most 300 characters each): a grant without them may not be registered.");

    public static readonly Refusal Held = new("role.held", "此人已有这个角色。", "They hold this role already.", StatusCodes.Status409Conflict);

    public static readonly Refusal NotHeld = new("role.not-held", "此人没有这个角色，或已被撤销。请刷新页面核对。", "They do not hold this role, or it was revoked already. Reload the page.", StatusCodes.Status404NotFound);

    public static readonly Refusal Overtaken = new("role.overtaken", "同一时刻有人变更了此人的角色，这次没有执行。请刷新页面核对后再试。", "Somebody changed their roles at the same moment, so this was not done. Reload the page, check, and try again.", StatusCodes.Status409Conflict);

    public static readonly Refusal NobodyThere = new("role.nobody", "通讯录里没有这个在职人员编号。请核对编号，或先由系统管理员登记。", "The directory has nobody in service with this id. Check it, or have the system administrator register them first.", StatusCodes.Status404NotFound);

    public static Refusal Unknown(string role) => new("role.unknown", $"没有角色 {role}。可用：{string.Join("、", Roles.OfStaff)}。", $"There is no role {role}. Possible: {string.Join(", ", Roles.OfStaff)}.");

    public static Refusal Apart(string role, string held) => new("role.apart",
        $"三权分立：{Roles.Name(held).Zh}不能同时任{Roles.Name(role).Zh}。请另选他人，或先撤销原有角色。",
        $"System, security and audit administration are kept apart: whoever is {Roles.Name(held).En.ToLowerInvariant()} cannot become {Roles.Name(role).En.ToLowerInvariant()} as well. Choose somebody else, or revoke the other role first.", StatusCodes.Status409Conflict);
}
