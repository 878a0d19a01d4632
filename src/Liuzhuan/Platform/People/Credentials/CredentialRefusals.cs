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

    public static readonly Refusal PasswordShort = new("password.short", $"密码太短：至少 {PasswordRules.Shortest} 个字符。用几个词连起来最好记。", $"The password is too short: at least {PasswordRules.Shortest} characters. A few words in a row are easiest to remember.");

    public static readonly Refusal PasswordLong = new("password.long", $"密码太长：最多 {PasswordRules.Longest} 个字符。", $"The password is too long: at most {PasswordRules.Longest} characters.");

    public static readonly Refusal PasswordPlain = new("password.plain", "这个密码容易猜到：不能主要是数字，不能是少数字符的重复。请换一个。", "This password is easy to guess: it may not be mostly digits, nor a few characters repeated. Choose another.");

    public static readonly Refusal PasswordOwn = new("password.own", "密码里不能有您的姓名或编号。请换一个。", "A password may not hold your name or number. Choose another.");

    public static readonly Refusal CodeWrong = new("password.code", "验证器的口令不对：请核对手机的时间，输入现在显示的 6 位数字。", "The authenticator's code is wrong: check the phone's clock, and type the six digits it shows now.");

    public static readonly Refusal LastWay = new("password.last-way", "这是您唯一的登录方式，不能删除。请先登记另一种。", "This is your only way to sign in and cannot be removed. Register another one first.", StatusCodes.Status409Conflict);
}
