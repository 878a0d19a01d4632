using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Api;

/// <summary>The words around problems on their pages.</summary>
internal static class ProblemTexts
{
    public static readonly Text List = new("接口的问题代码", "Problem codes of the interface");
    public static readonly Text Cause = new("原因", "Why it comes");
    public static readonly Text Remedy = new("怎么办", "What to do");
    public static readonly Text Menu = new("问题代码", "Problem codes");
    public static readonly Text Lead = new("接口答复中的 type 指向这里：每个代码的含义、原因和办法。", "The type of a refusal leads here: what each code means, why it comes, what to do.");
    public static readonly Text Kind = new("状态", "Status");
    public static readonly Text Found = new("{0} 个代码", "{0} codes");
}
