using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>The texts of signing in with a provider of identities.</summary>
internal static class ProviderTexts
{
    public static readonly Text SignInWith = new("用{0}登录", "Sign in with {0}");
    public static readonly Text ConfirmWith = new("用{0}确认", "Confirm with {0}");
    public static readonly Text LinkWith = new("关联{0}", "Link {0}");
    public static readonly Text GoingTitle = new("前往{0}", "On to {0}");
    public static readonly Text Going = new("正在打开{0}。没有自动打开的，请点下面的按钮。", "{0} is being opened. If nothing happens, use the button below.");
    public static readonly Text Go = new("前往", "Go on");
    public static readonly Text LeavingTitle = new("已退出本系统", "You are signed out here");
    public static readonly Text Leaving = new("还要退出{0}，以免别人在这台电脑上接着用。没有自动打开的，请点下面的按钮。", "Now {0} has to be left as well, so that nobody else goes on at this computer. If nothing happens, use the button below.");
    public static readonly Text OtherWays = new("其他登录方式", "Other ways to sign in");
    public static readonly Text OfStaff = new("工作人员登录", "Sign-in for staff");
    public static readonly Text OfCitizens = new("群众登录", "Sign-in for citizens");
    public static readonly Text Title = new("身份认证关联", "Identity provider");
    public static readonly Text Short = new("与{0}的关联", "your link with {0}");
    public static readonly Text Why = new("关联后可以用{0}登录本系统。一个账号只关联一个身份，关联和删除都记入账本。", "Once linked you can sign in here with {0}. An account is linked with one identity; linking and removing are entries of the ledger.");
    public static readonly Text Linked = new("已于 {0} 关联。", "Linked on {0}.");
    public static readonly Text NotLinked = new("还没有关联。", "Not linked yet.");
    public static readonly Text Remove = new("删除关联", "Remove the link");
    public static readonly Text RemoveEnds = new("删除后，所有登录都会结束，需要用其他方式重新登录。", "Removing it ends all your sessions; sign in another way then.");
    public static readonly Text WithProvider = new("已关联统一身份认证", "linked with the identity provider");

    /// <summary>How the provider is called.</summary>
    public static Text Name(ProviderOptions options) => new(options.Name, options.EnglishName);
}
