using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>The texts of citizens' sign-in, and of help at a window.</summary>
internal static class HallSignInTexts
{
    public static readonly Text Title = new("群众登录", "Sign in to the hall");
    public static readonly Text Lead = new("用姓名和公民身份号码登录，看谁查过您、为什么查。验证码发到您登记的手机。", "Sign in with your name and citizen number to see who asked about you, and why. A code goes to the telephone you registered.");
    public static readonly Text Name = new("姓名", "Name");
    public static readonly Text Number = new("公民身份号码", "Citizen number");
    public static readonly Text NumberHelp = new("只用来核对，不会出现在网址和日志里。", "Used for the check only; it stands in no address and no log.");
    public static readonly Text SendCode = new("获取验证码", "Get a code");
    public static readonly Text NoPhone = new("没有登记过手机，或者换了号码？请带身份证到就近窗口登记，也可以请窗口协助办理。", "No telephone registered, or another number? Bring your identity card to a window nearby; they can also help you there.");
    public static readonly Text CodeTitle = new("输入验证码", "Type the code");
    public static readonly Text CodeLead = new("姓名、号码与登记一致，并且登记过手机的，验证码已经发出。请输入短信里的 6 位数字。", "If name and number agree with the register and a telephone is registered, a code is on its way. Type the six digits of the message.");
    public static readonly Text Code = new("短信验证码", "Code from the message");
    public static readonly Text Anew = new("没有收到？核对后重新获取", "Nothing came? Check, and get a new one");

    public static readonly Text AssistTitle = new("协助群众", "Help a citizen");
    public static readonly Text AssistLead = new("群众本人（或代办人）在窗口时，核对证件后为其打开大厅。全程记为由您协助，当事人能看到。结束时请点“退出”，即回到您自己的登录。", "With the person (or whoever acts for them) at your window, and their document checked, open the hall for them. All of it is logged as helped by you, and the person sees it. \"Sign out\" ends it and brings you back to your own session.");
    public static readonly Text AssistPerson = new("当事人", "The person whose matter it is");
    public static readonly Text AssistProxy = new("代办人（本人到场的不填）", "Who acts for them (leave empty when they are here themselves)");
    public static readonly Text ProxyName = new("代办人姓名", "Name of who acts");
    public static readonly Text ProxyNumber = new("代办人公民身份号码", "Citizen number of who acts");
    public static readonly Text Phone = new("登记手机（可不填）", "Telephone to register (may be empty)");
    public static readonly Text PhoneHelp = new("当面核对后登记，以后可以自己用验证码登录。", "Registered after a check in person; they can then sign in by themselves with a code.");
    public static readonly Text Ground = new("事由", "Ground");
    public static readonly Text GroundExample = new("如：本人持证到场；或：监护人凭出生证明代办", "such as: here in person with identity card; or: parent with birth certificate");
    public static readonly Text Open = new("为其打开大厅", "Open the hall for them");
    public static readonly Text Helped = new("窗口协助", "helped at a window");
}
