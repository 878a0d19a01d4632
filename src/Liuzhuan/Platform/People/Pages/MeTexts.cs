using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>The texts of somebody's own account.</summary>
internal static class MeTexts
{
    public static readonly Text Number = new("账本中的名称", "Name in the ledger");
    public static readonly Text Office = new("机构", "Office");
    public static readonly Text Agency = new("单位", "Agency");
    public static readonly Text Roles = new("角色", "Roles");
    public static readonly Text NoRoles = new("还没有角色：请联系安全管理员。", "None yet: ask the security administrator.");
    public static readonly Text Sessions = new("登录中的设备", "Where you are signed in");
    public static readonly Text SessionsWhy = new("有不认识的，请立即结束它，并告诉系统管理员。", "If one of these is not yours, end it at once and tell the system administrator.");
    public static readonly Text Since = new("登录时间", "Since");
    public static readonly Text LastSeen = new("最近使用", "Last used");
    public static readonly Text Way = new("登录方式", "Proved by");
    public static readonly Text End = new("结束", "End");
    public static readonly Text ThisOne = new("本次登录", "this one");
    public static readonly Text EndOthers = new("结束其他所有登录", "End all others");

    private static readonly Text Passkey = new("通行密钥", "passkey");
    private static readonly Text Password = new("密码和动态口令", "password and one-time code");
    private static readonly Text Invitation = new("一次性邀请码", "invitation");
    private static readonly Text Code = new("短信验证码", "code sent to the phone");
    private static readonly Text Provider = new("统一身份认证", "identity provider");
    private static readonly Text Window = new("窗口工作人员协助", "helped at a window");
    private static readonly Text Demo = new("演示", "demonstration");

    /// <summary>How a way of signing in is called.</summary>
    public static Text WayName(string way) => way switch
    {
        SignInWays.Passkey => Passkey,
        SignInWays.Password => Password,
        SignInWays.Invitation => Invitation,
        SignInWays.Code => Code,
        SignInWays.Provider => Provider,
        SignInWays.Window => Window,
        SignInWays.Demo => Demo,
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };
}
