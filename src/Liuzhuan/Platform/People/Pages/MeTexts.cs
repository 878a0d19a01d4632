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

    public static readonly Text Ways = new("登录方式", "Ways to sign in");
    public static readonly Text NotDone = new("没有完成", "Not done");
    public static readonly Text Passkeys = new("通行密钥", "Passkeys");
    public static readonly Text PasskeysShort = new("用本机的指纹、面容、PIN 或安全密钥登录，最安全也最快", "sign in with this device's fingerprint, face, PIN or a security key: the safest and quickest way");
    public static readonly Text PasskeysWhy = new("通行密钥留在您的设备里，服务器只有公钥：没有密码可以被猜到、被骗走。建议登记两把，丢了一把还能登录。", "A passkey stays in your device; the server holds its public half only, so there is no password to guess or to be tricked out of. Register two, and losing one does not lock you out.");
    public static readonly Text AddPasskey = new("登记通行密钥", "Register a passkey");
    public static readonly Text PasskeyName = new("名称", "Name");
    public static readonly Text PasskeyExample = new("如：办公室电脑", "such as: office computer");
    public static readonly Text Registered = new("已登记的通行密钥", "Your passkeys");
    public static readonly Text NoPasskeys = new("还没有通行密钥。", "None yet.");
    public static readonly Text Added = new("登记时间", "Registered");
    public static readonly Text Never = new("还没用过", "not used yet");
    public static readonly Text Remove = new("删除", "Remove");
    public static readonly Text RemoveEnds = new("删除后，所有登录都会结束，需要重新登录。", "Removing one ends all your sessions, this one too.");
    public static readonly Text PasswordInstead = new("这台设备不能用通行密钥：改用密码和验证器", "This device cannot use passkeys: use a password with an authenticator instead");
    public static readonly Text Password = new("密码和验证器", "Password and authenticator");
    public static readonly Text PasswordShort = new("没有通行密钥时用", "for when there is no passkey");
    public static readonly Text PasswordWhy = new("登录时除了密码，还要输入手机验证器显示的 6 位动态口令。两样一起设置。", "Besides the password you will type the six digits that an authenticator app shows. Both are set together.");
    public static readonly Text NewPassword = new("新密码", "New password");
    public static readonly Text PasswordHelp = new("至少 12 个字符，不要求特殊符号；不能主要是数字，不能含您的姓名或编号。", "At least 12 characters; no special ones are asked for. Not mostly digits, and without your name or number.");
    public static readonly Text Authenticator = new("验证器", "Authenticator");
    public static readonly Text AuthenticatorWhy = new("用手机的验证器应用扫下面的二维码，再把它显示的 6 位数字填在这里。", "Scan the code below with the authenticator app of your phone, then type here the six digits it shows.");
    public static readonly Text AuthenticatorPicture = new("验证器密钥的二维码；不便扫码时请手工输入下面的密钥。", "The authenticator's key as a code to scan; without a camera, type the key that follows.");
    public static readonly Text AuthenticatorTyped = new("不便扫码时手工输入：", "Without a camera, type:");
    public static readonly Text AuthenticatorLink = new("在这台设备的验证器应用中打开", "Open in an authenticator app on this device");
    public static readonly Text AuthenticatorCode = new("验证器显示的 6 位数字", "The six digits it shows");
    public static readonly Text SetPassword = new("设置", "Set both");
    public static readonly Text PasswordSet = new("密码和验证器已设置", "Password and authenticator are set");
    public static readonly Text CodesWhy = new("手机丢失时，每个恢复码可以代替一次动态口令。现在抄下来妥善保管：离开本页后不再显示。", "Should the phone be lost, each of these stands in for the six digits once. Write them down now and keep them safe: they are not shown again.");
    public static readonly Text CodesKept = new("已抄下，继续", "Written down, go on");
    public static readonly Text CodesLeft = new("还有 {0} 个恢复码没用过。重新设置会作废旧的，给出新的。", "{0} recovery codes are left. Setting both anew voids them and gives new ones.");
    public static readonly Text RemovePassword = new("删除密码和验证器", "Remove password and authenticator");

    private static readonly Text ByPasskey = new("通行密钥", "passkey");
    private static readonly Text ByPassword = new("密码和动态口令", "password and one-time code");
    private static readonly Text Invitation = new("一次性邀请码", "invitation");
    private static readonly Text Code = new("短信验证码", "code sent to the phone");
    private static readonly Text Provider = new("统一身份认证", "identity provider");
    private static readonly Text Window = new("窗口工作人员协助", "helped at a window");
    private static readonly Text Demo = new("演示", "demonstration");

    /// <summary>How a way of signing in is called.</summary>
    public static Text WayName(string way) => way switch
    {
        SignInWays.Passkey => ByPasskey,
        SignInWays.Password => ByPassword,
        SignInWays.Invitation => Invitation,
        SignInWays.Code => Code,
        SignInWays.Provider => Provider,
        SignInWays.Window => Window,
        SignInWays.Demo => Demo,
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };
}
