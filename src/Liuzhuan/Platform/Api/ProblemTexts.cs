using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Api;

/// <summary>The words around problems on their pages.</summary>
internal static class ProblemTexts
{
    public static readonly Text List = new("接口的问题代码", "Problem codes of the interface");
    public static readonly Text Cause = new("原因", "Why it comes");
    public static readonly Text Remedy = new("怎么办", "What to do");
}
