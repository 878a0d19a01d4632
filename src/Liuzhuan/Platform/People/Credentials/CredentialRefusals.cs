using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Why somebody is not let in, in words that tell them what to do and nobody else anything.</summary>
internal static class CredentialRefusals
{
    /// <summary>Whatever was wrong of number, password and code, or whether there is such an account: the same words.</summary>
    public static Refusal Wrong(SignInOptions options) => new("sign-in.wrong",
        $"没有登录：编号、密码或口令不对，或者连续出错后暂时锁定。请核对后再试；连续 {options.MostFailures} 次出错，锁定 {options.LockedFor.TotalMinutes:0} 分钟。忘记了请联系系统管理员重新发一次性邀请码。",
        $"Not signed in: the number, the password or the code is wrong, or the account is locked for a while after repeated errors. Check them and try again; {options.MostFailures} errors in a row lock it for {options.LockedFor.TotalMinutes:0} minutes. If you forgot them, ask the system administrator for a new invitation.",
        StatusCodes.Status401Unauthorized);

    public static readonly Refusal TooOften = new("sign-in.too-often",
        "从您的网络地址来的尝试太多，请一分钟后再试。", "Too many attempts came from your network address. Try again in a minute.", StatusCodes.Status429TooManyRequests);

    public static readonly Refusal PasskeyWrong = new("sign-in.passkey",
        "通行密钥没有通过，或者等待太久。请再试一次；换了设备的，请用密码登录或联系系统管理员重新发邀请码。",
        "The passkey was not accepted, or it took too long. Try again; on another device sign in with the password, or ask the system administrator for a new invitation.", StatusCodes.Status401Unauthorized);

    public static readonly Refusal PasskeyNotMade = new("sign-in.passkey-not-made",
        "通行密钥没有登记成功，或者等待太久。请再试一次。", "The passkey was not registered, or it took too long. Try again.");

    public static readonly Refusal TooManyPasskeys = new("sign-in.passkeys", $"最多登记 {PasskeyDesk.MostKeys} 把通行密钥。请先删除不用的。", $"At most {PasskeyDesk.MostKeys} passkeys may be registered. Remove one you no longer use first.", StatusCodes.Status409Conflict);

    /// <summary>Wrong, over, tried too often, never sent: the same words.</summary>
    public static Refusal CodeNotGood(SignInOptions options) => new("sign-in.code",
        $"没有登录：验证码不对、已过期，或者连续出错后暂时锁定。请核对姓名、号码和短信后再试；连续 {options.MostFailures} 次出错，锁定 {options.LockedFor.TotalMinutes:0} 分钟。没有收到短信的，请到窗口核对登记的手机。",
        $"Not signed in: the code is wrong or over, or the account is locked for a while after repeated errors. Check name, number and message, and try again; {options.MostFailures} errors in a row lock it for {options.LockedFor.TotalMinutes:0} minutes. If no message came, have your registered telephone checked at a window.",
        StatusCodes.Status401Unauthorized);

    public static readonly Refusal NotRegistered = new("assist.not-registered",
        "号码和姓名与登记不一致，没有打开大厅。请对照证件核对；证件无误的，请在工作台核验并联系户籍地机关。",
        "Number and name do not agree with the register, so the hall was not opened. Check them with the document; if the document is right, verify the person at the workbench and contact the office of their residence.");

    public static readonly Refusal SamePerson = new("assist.same-person", "代办人和当事人是同一人：本人到场的，代办人请留空。", "The one who acts is the person themselves: leave that part empty when they are here in person.");

    public static readonly Refusal NoGround = new("assist.no-ground", "请写明事由：凭什么证件、谁到场（最多 300 字）。", "Give the ground: who is here, with which document (at most 300 characters).");

    public static readonly Refusal NoTelephone = new("assist.telephone", "手机号码应为 7 至 15 位数字。请核对，或留空。", "A telephone number has 7 to 15 digits. Check it, or leave it empty.");

    public static readonly Refusal PasswordShort = new("password.short", $"密码太短：至少 {PasswordRules.Shortest} 个字符。用几个词连起来最好记。", $"The password is too short: at least {PasswordRules.Shortest} characters. A few words in a row are easiest to remember.");

    public static readonly Refusal PasswordLong = new("password.long", $"密码太长：最多 {PasswordRules.Longest} 个字符。", $"The password is too long: at most {PasswordRules.Longest} characters.");

    public static readonly Refusal PasswordPlain = new("password.plain", "这个密码容易猜到：不能主要是数字，不能是少数字符的重复。请换一个。", "This password is easy to guess: it may not be mostly digits, nor a few characters repeated. Choose another.");

    public static readonly Refusal PasswordOwn = new("password.own", "密码里不能有您的姓名或编号。请换一个。", "A password may not hold your name or number. Choose another.");

    public static readonly Refusal CodeWrong = new("password.code", "验证器的口令不对：请核对手机的时间，输入现在显示的 6 位数字。", "The authenticator's code is wrong: check the phone's clock, and type the six digits it shows now.");

    public static readonly Refusal LastWay = new("password.last-way", "这是您唯一的登录方式，不能删除。请先登记另一种。", "This is your only way to sign in and cannot be removed. Register another one first.", StatusCodes.Status409Conflict);
}
