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

    public static readonly Text DemoTitle = new("以演示人物登录", "Sign in as somebody of the demonstration");
    public static readonly Text DemoLead = new("人物和数据都是程序生成的。点一个人，看看这个岗位能做什么、不能做什么。", "All people and data are made up. Choose one and see what this post may do, and what it may not.");
    public static readonly Text DemoAs = new("以此身份登录", "Sign in");
    public static readonly Text DemoGone = new("没有这个演示人物：请回到首页另选一个。", "There is nobody of this name in the demonstration: choose another on the start page.");

    public static readonly Text AgainTitle = new("请再次确认身份", "Confirm that it is you");
    public static readonly Text AgainLead = new("接下来的页面会显示个人信息。上次确认身份已过了一段时间，请再确认一次。", "The next page shows personal data, and it is a while since you last proved who you are. Please do so again.");
    public static readonly Text AgainDemo = new("确认（演示）", "Confirm (demonstration)");
}
