namespace Liuzhuan.Platform.Web.Shell;

/// <summary>What somebody who comes to a page for the first time should know: a few lines, shown open once.</summary>
/// <param name="Name">For the cookie that remembers the visit.</param>
internal sealed record Guide(string Name, params IReadOnlyList<Text> Lines)
{
    private string Cookie => "liuzhuan.guide." + Name;

    /// <summary>Remembers the visit, and says whether it is the first.</summary>
    public bool IsFirstVisit(HttpContext context)
    {
        var isFirst = !context.Request.Cookies.ContainsKey(Cookie);
        if (isFirst && !context.Response.HasStarted)
            context.Response.Cookies.Append(Cookie, "seen", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = context.Request.IsHttps });
        return isFirst;
    }
}
