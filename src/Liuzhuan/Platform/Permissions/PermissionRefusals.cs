using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Platform.Permissions;

/// <summary>Why something may not be done, and who to turn to.</summary>
internal static class PermissionRefusals
{
    public static readonly Refusal Stranger = new("permission.stranger", "请先登录：这项工作只对有相应角色的人开放。", "Sign in first: this is open only to those who hold a role for it.", StatusCodes.Status403Forbidden);

    public static readonly Refusal PurposeUnknown = new("permission.purpose-unknown", "没有这个用途，或者它已失效。请从列出的用途中选一个。", "There is no such purpose, or it is no longer in force. Choose one of those listed.", StatusCodes.Status403Forbidden);

    /// <param name="capability">What was to be done.</param>
    /// <param name="roles">Roles that may.</param>
    public static Refusal NoRole(string capability, IReadOnlyList<string> roles) => roles.Count == 0
        ? new("permission.no-role", "没有任何角色可以做这件事，所以也不能授权。", "No role may do this, so nobody can be given it.", StatusCodes.Status403Forbidden)
        : new("permission.no-role",
            $"您的角色没有这项权限（{capability}）。有这项权限的角色：{string.Join("、", roles.Select(role => Roles.Name(role).Zh))}。如果工作需要，请向安全管理员申请。",
            $"None of your roles has this permission ({capability}). Roles that have it: {string.Join(", ", roles.Select(role => Roles.Name(role).En))}. If your work needs it, ask the security administrator.", StatusCodes.Status403Forbidden);

    public static Refusal PurposeNotYours(Purpose purpose) => new("permission.purpose-not-yours",
        $"您的角色不能为“{purpose.Name.Zh}”核验。请选择与手头工作相符的用途；确有需要的，请向安全管理员申请。",
        $"None of your roles may verify for \"{purpose.Name.En}\". Choose the purpose that fits the work at hand; if you need this one, ask the security administrator.", StatusCodes.Status403Forbidden);

    public static Refusal PurposeNotOfBranch(Purpose purpose) => new("permission.purpose-not-of-branch",
        $"“{purpose.Name.Zh}”不是您所在单位这一系统的核查用途，没有您可以引用的依据。请选择本单位的用途；确有法定职责需要的，请联系政策管理人员登记依据。",
        $"\"{purpose.Name.En}\" is not a purpose of your agency's branch: there is no ground that you could name. Choose a purpose of your agency; if a statutory duty needs this one, ask the policy officers to register its ground.", StatusCodes.Status403Forbidden);

    public static Refusal GroundUnknown(Purpose purpose) => new("permission.ground-unknown",
        $"所选依据不是“{purpose.Name.Zh}”登记过的依据，请求不能受理。请从列出的依据中选一条；案号、文号等写在“事由”里。",
        $"What was chosen is not a registered ground of \"{purpose.Name.En}\", so the request cannot be taken. Choose one of those listed; numbers of cases and documents belong into the matter.");

    public static Refusal GroundNotInForce(Ground ground) => new("permission.ground-not-in-force",
        $"所选依据“{ground.Name.Zh}”今天不在有效期内，请求不能受理。请另选一条列出的依据。",
        $"The chosen ground, {ground.Name.En}, is not in force today, so the request cannot be taken. Choose another of those listed.");

    public static Refusal OnlyNumberAndName(Purpose purpose) => new("permission.number-and-name",
        $"此人不属于您的辖区：为“{purpose.Name.Zh}”只能核对号码和姓名是否一致。其他内容请向其户籍地机关的联络员发函核实。",
        $"This person belongs to another jurisdiction: for \"{purpose.Name.En}\" only number and name may be compared. For more, send a request to the liaison of the office of their registered residence.", StatusCodes.Status403Forbidden);

    public static Refusal Beyond(Reach reach) => reach switch
    {
        Reach.Self => new("permission.not-yours", "这不是您本人的事项，不能办理。代他人办理的，请到窗口登记委托。", "This is not a matter of your own. To act for somebody else, have the mandate registered at a window.", StatusCodes.Status403Forbidden),
        Reach.OwnAgency => new("permission.beyond-agency", "这不属于您所在的单位。请联系对方单位的联络员。", "This does not belong to your agency. Contact the liaison of the other one.", StatusCodes.Status403Forbidden),
        _ => new("permission.beyond-jurisdiction", "这超出您所在机构的辖区。请联系当地机关的联络员，由其办理。", "This is beyond the jurisdiction of your office. Contact the liaison of the office in charge there.", StatusCodes.Status403Forbidden),
    };
}
