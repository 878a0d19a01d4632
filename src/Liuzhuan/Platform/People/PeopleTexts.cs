using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People;

/// <summary>The texts of signing in.</summary>
internal static class PeopleTexts
{
    public static readonly Text SignIn = new("登录", "Sign in");
    public static readonly Text SignOut = new("退出", "Sign out");
    public static readonly Text Account = new("我的账号", "My account");
    public static readonly Text SignInLead = new("工作人员在这里登录。看到什么、能做什么，由您的岗位、辖区和用途决定；每一次登录都记入账本。", "Staff sign in here. What you see and may do follows from your post, its jurisdiction and the purpose; every sign-in is an entry of the ledger.");
    public static readonly Text SignedOut = new("您已退出。", "You are signed out.");
    public static readonly Text SignedInAs = new("您现在的身份：{0}。", "You are signed in as {0}.");
    public static readonly Text NotSignedIn = new("没有登录", "Not signed in");

    public static readonly Text Ready = new("登录方式已登记，请用它登录。", "It is registered. Sign in with it now.");
    public static readonly Text NotProved = new("没有确认", "Not confirmed");
    public static readonly Text WithPasskey = new("用通行密钥登录", "Sign in with a passkey");
    public static readonly Text PasskeyNeedsScript = new("通行密钥需要启用浏览器脚本；没有脚本时请用密码和动态口令。", "A passkey needs script in the browser; without it use password and one-time code.");
    public static readonly Text PasskeyFailed = new("没有完成：可能是取消了，或这台设备没有您的通行密钥。", "Not completed: it was cancelled, or this device holds no passkey of yours.");
    public static readonly Text WithPassword = new("用密码和动态口令登录", "Sign in with password and one-time code");
    public static readonly Text OfficerNumber = new("人员编号", "Officer's number");
    public static readonly Text Password = new("密码", "Password");
    public static readonly Text Code = new("动态口令", "One-time code");
    public static readonly Text CodeHelp = new("验证器显示的 6 位数字；手机不在身边时用一个恢复码。", "The six digits your authenticator shows; or a recovery code, should it be lost.");
    public static readonly Text HaveInvitation = new("我有一次性邀请码（第一次登录，或登录方式都丢失了）", "I have an invitation code (first time here, or all ways to sign in were lost)");
    public static readonly Text AmCitizen = new("我是群众：用姓名和公民身份号码登录", "I am a citizen: sign in with name and citizen number");
    public static readonly Text InvitationTitle = new("用邀请码开通", "Begin with an invitation");
    public static readonly Text InvitationLead = new("系统管理员给您的一次性邀请码只能用一次。下一步登记您自己的登录方式。", "The code that the system administrator gave you works once. Next you register your own way to sign in.");
    public static readonly Text InvitationCode = new("邀请码", "Invitation code");
    public static readonly Text Next = new("下一步", "Next");
    public static readonly Text Confirm = new("确认", "Confirm");
    public static readonly Text ConfirmPasskey = new("用通行密钥确认", "Confirm with a passkey");
    public static readonly Text AgainAnew = new("您这次登录的方式不能再次确认。请退出后重新登录。", "The way you signed in cannot be repeated here. Sign out and sign in again.");

    public static readonly Text DemoTitle = new("以演示人物登录", "Sign in as somebody of the demonstration");
    public static readonly Text DemoLead = new("人物和数据都是程序生成的。点一个人，看看这个岗位能做什么、不能做什么。", "All people and data are made up. Choose one and see what this post may do, and what it may not.");
    public static readonly Text DemoAs = new("以此身份登录", "Sign in");
    public static readonly Text DemoGone = new("没有这个演示人物：请回到首页另选一个。", "There is nobody of this name in the demonstration: choose another on the start page.");

    public static readonly Text AgainTitle = new("请再次确认身份", "Confirm that it is you");
    public static readonly Text AgainLead = new("接下来的页面会显示个人信息。上次确认身份已过了一段时间，请再确认一次。", "The next page shows personal data, and it is a while since you last proved who you are. Please do so again.");
    public static readonly Text AgainDemo = new("确认（演示）", "Confirm (demonstration)");
}
