namespace Liuzhuan.Platform.Web.Shell;

/// <summary>
/// How the reader wants pages to look: large letters and targets (长辈版; GB/T 37668-2019 and the ministry's 2021 rules for pages for the elderly ask for 18 pt and up), strong contrast.
/// Chosen with <c>?view=</c> and <c>?contrast=</c>; cookies keep the choice.
/// </summary>
internal sealed class PageView(IHttpContextAccessor http)
{
    public const string View = "view", Elder = "elder", Contrast = "contrast", High = "high", Usual = "usual";

    private const string Prefix = "liuzhuan.";

    private static readonly (string Name, string On)[] Choices = [(View, Elder), (Contrast, High)];

    public bool IsElder { get; } = Has(http.HttpContext, View, Elder);

    public bool IsHighContrast { get; } = Has(http.HttpContext, Contrast, High);

    /// <summary>Lengths that a page gives in pixels grow by this.</summary>
    public double Scale => IsElder ? 1.5 : 1;

    /// <summary>Keeps choices made in the address for a year.</summary>
    public static Task RememberAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var (name, on) in Choices)
        {
            if (context.Request.Query[name] is [var chosen] && (chosen == on || chosen == Usual))
                context.Response.Cookies.Append(Prefix + name, chosen, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = context.Request.IsHttps });
        }

        return next(context);
    }

    private static bool Has(HttpContext? context, string name, string value) =>
        context is not null && (context.Request.Query[name] is [var chosen] && chosen is Usual or Elder or High ? chosen : context.Request.Cookies[Prefix + name]) == value;
}
