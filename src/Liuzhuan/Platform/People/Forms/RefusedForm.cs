using System.Security.Cryptography;
using System.Text.Json;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.People.Forms;

/// <summary>
/// Why a form was refused, and one thing that it said, until the page it leads to has shown it: a reload of that page then sends nothing again. It waits in an encrypted cookie of the browser, for the session that sent
/// the form, so that any host can show it and no address tells of it.
/// </summary>
internal sealed class RefusedForm(IDataProtectionProvider protection, SessionCookie cookies)
{
    private const string CookieName = "liuzhuan.refused";

    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("refused-forms").ToTimeLimitedDataProtector();

    /// <param name="said">To be shown again, such as what was chosen; names no person.</param>
    public void Keep(HttpContext http, Actor actor, Refusal refusal, string said) =>
        http.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(new Waiting(actor.Session, http.Request.Path, refusal, said)), Waits), Form(http));

    /// <summary>What waits for this page, which is forgotten with that; null for nothing.</summary>
    public (Refusal Refusal, string Said)? Take(HttpContext http, Actor actor)
    {
        if (http.Request.Cookies[CookieName] is not { } kept) return null;
        http.Response.Cookies.Delete(CookieName, Form(http));
        return Open(kept) is { } waiting && waiting.Session == actor.Session && waiting.Page == http.Request.Path ? (waiting.Refusal, waiting.Said) : null;
    }

    private Waiting? Open(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<Waiting>(_protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Form(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = http.Request.Path, Secure = cookies.IsSecure || http.Request.IsHttps, MaxAge = Waits };

    private sealed record Waiting(string Session, string Page, Refusal Refusal, string Said);
}
