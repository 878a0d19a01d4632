using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>The texts of role administration, invitations and the audit trail.</summary>
internal static class AdminTexts
{
    public static readonly Text RolesTitle = new("角色授权", "Roles");
    public static readonly Text RolesLead = new("谁可以做什么由角色决定。授予和撤销都要写明理由和依据，记入账本，立即生效：对方须重新登录。系统、安全、审计三种管理员互不兼任，谁也不能变更自己的角色。", "What somebody may do follows from their roles. Granting and revoking takes a reason and a provision, is an entry of the ledger and holds at once: they have to sign in again. System, security and audit administration are kept apart, and nobody changes their own roles.");
    public static readonly Text Grant = new("授予角色", "Grant a role");
    public static readonly Text GrantNow = new("授予", "Grant");
    public static readonly Text Revoke = new("撤销", "Revoke");
    public static readonly Text Officer = new("人员编号", "Officer's number");
    public static readonly Text Person = new("人员", "Officer");
    public static readonly Text Role = new("角色", "Role");
    public static readonly Text Reason = new("理由", "Reason");
    public static readonly Text Provision = new("依据", "Provision");
    public static readonly Text Granted = new("授予", "Granted");
    public static readonly Text Held = new("现有授权", "Roles that are held");
    public static readonly Text NoneHeld = new("没有符合条件的授权。", "No grant fits.");
    public static readonly Text Done = new("已生效，并记入账本。", "Done, and an entry of the ledger.");
    public static readonly Text NotDone = new("没有执行", "Not done");
    public static readonly Text RevokeReason = new("撤销理由", "Reason for revoking");
    public static readonly Text Gone = new("不在职", "not in service");
    public static readonly Text MayDo = new("各角色可以做什么", "What each role may do");

    public static readonly Text OfficersTitle = new("人员账号", "Accounts of officers");
    public static readonly Text OfficersLead = new("新同事、丢了全部登录方式的同事，凭一次性邀请码登记自己的登录方式。邀请码请当面或用可靠的方式交给本人。", "New colleagues, and those who lost every way to sign in, register one with an invitation that works once. Hand it over in person, or by a way you trust.");
    public static readonly Text Invite = new("发邀请码", "Invite");
    public static readonly Text InvitationFor = new("{0} 的邀请码（只显示这一次）", "Invitation for {0} (shown this once)");
    public static readonly Text InvitationUntil = new("{0} 前有效，只能用一次，在登录页选“我有一次性邀请码”。", "Works once, until {0}, under \"I have an invitation code\" on the sign-in page.");
    public static readonly Text Accounts = new("已有账号", "Accounts");
    public static readonly Text NoAccounts = new("还没有账号。", "None yet.");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Invited = new("已邀请，未使用", "invited, not used yet");
    public static readonly Text InvitationOver = new("邀请已过期", "invitation is over");
    public static readonly Text WithPassword = new("有密码和验证器", "has password and authenticator");
    public static readonly Text WithPasskeys = new("通行密钥 {0} 把", "{0} passkey(s)");
    public static readonly Text WithNothing = new("没有登录方式", "no way to sign in");
    public static readonly Text Since = new("建立时间", "Since");

    public static readonly Text TrailTitle = new("审计", "Audit trail");
    public static readonly Text TrailLead = new("账本里关于登录、授权和管理的条目，最新的在前。账本只增不改，任何人都可以核对。", "The ledger's entries about sign-in, permissions and administration, newest first. The ledger only grows, and anybody may check it.");
    public static readonly Text Kind = new("类别", "Kind");
    public static readonly Text When = new("时间", "When");
    public static readonly Text Who = new("谁", "Who");
    public static readonly Text What = new("做了什么", "What");
    public static readonly Text Position = new("账本序号", "Entry");
    public static readonly Text Older = new("更早的", "Older");

    public static readonly Text GuideGrant = new("先填人员编号，再选角色；理由和依据会记入账本，本人看得到。", "Type the officer's number, then choose a role; reason and provision are entries of the ledger.");
    public static readonly Text GuideApart = new("给足够办事的最小角色。每个角色能做什么列在页面下方。", "Give the smallest role that does the work. What each role may do is listed below.");
    public static readonly Text GuideRevoke = new("调岗、离岗当天撤销：在“现有授权”里点“撤销”，对方立即退出登录。", "Revoke on the day somebody changes posts: press \"Revoke\" under the roles that are held, and they are signed out at once.");
    public static readonly Text GuideInvite = new("新同事先进机构名录，再在这里发邀请码，当面交给本人。", "A new colleague stands in the directory first; then invite here and hand the code over in person.");
    public static readonly Text GuideLost = new("丢了手机或安全密钥：核对本人身份后重新发邀请码。", "Phone or key lost: make sure who it is, then invite anew.");
    public static readonly Text GuideRolesElsewhere = new("角色由安全管理员授予；您不能给自己发邀请码。", "Roles are granted by the security administrator; nobody invites themselves.");
    public static readonly Text GuideFind = new("按类别和动作筛选；条件写在地址里，可以存成书签。", "Filter by kind and act; the filters stand in the address and can be kept as a bookmark.");
    public static readonly Text GuideNobody = new("这里只有工作人员做了什么，没有群众的姓名和号码。", "This is what staff did; no citizen's name or number is in it.");
    public static readonly Text GuideCheck = new("怀疑被改动时，到“存证账本”页核对凭证。", "Where you doubt that something was changed, check the proof on the page \"The ledger\".");
}
