using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Demo;

/// <summary>The words of the demonstration's messages.</summary>
internal static class DemoTexts
{
    public static readonly Text Title = new("演示短信", "Demonstration messages");
    public static readonly Text Lead = new("演示模式里的短信不会真的发出，都在这里看。验证码也在这里。", "In the demonstration no text message leaves this computer: they stand here, sign-in codes among them.");
    public static readonly Text Empty = new("还没有短信。用“群众登录”或等一个时限将到，再刷新这一页。", "None yet. Sign in as a citizen, or wait for a limit to draw near, then reload this page.");
    public static readonly Text To = new("发往 {0}", "To {0}");
    public static readonly Text Segments = new("{0} 条计费", "{0} segments");
    public static readonly Text Reload = new("刷新", "Reload");
}
