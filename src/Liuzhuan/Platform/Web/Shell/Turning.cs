namespace Liuzhuan.Platform.Web.Shell;

/// <summary>Where one is in a long list that is shown in pages. The page's number stands in the address as <c>p</c>, from 1; the filters beside it stay.</summary>
/// <param name="Page">From 0.</param>
/// <param name="HasMore">Is there a next page?</param>
internal sealed record Turning(int Page, bool HasMore)
{
    public const string Parameter = "p";

    private const int Most = 10_000;

    /// <summary>The page that an address asks for, from 0.</summary>
    public static int Number(int asked) => Math.Clamp(asked, 1, Most) - 1;
}
