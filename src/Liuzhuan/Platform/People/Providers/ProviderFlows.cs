using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>The ways to the provider that are under way, in the database for all hosts: each is taken up once, by the browser that set out, within ten minutes.</summary>
internal sealed class ProviderFlows(DataStore store, SessionCookie cookies, TimeProvider clock)
{
    private const string CookieName = "liuzhuan.provider", CookiePath = "/sign-in/provider";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Sets out: notes the way and gives the browser its secret. One way for each browser; a later one takes the place of an earlier.</summary>
    public async Task<FlowSecret> BeginAsync(HttpContext http, string purpose, string? session, string? back, string place, CancellationToken stop)
    {
        var (secret, now) = (FlowSecret.New(), clock.GetUtcNow());
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "insert into provider_flows (state, purpose, session, back, place, begun_at, expires_at) values (@state, @purpose, @session, @back, @place, @now, @until)", stop,
            ("state", Digest(secret.State)), ("purpose", purpose), ("session", session), ("back", back), ("place", place), ("now", now), ("until", now + Life));
        http.Response.Cookies.Append(CookieName, secret.Text, Form(http, Life));
        return secret;
    }

    /// <summary>What the browser that came back set out with; null when it did not set out from here. It is forgotten with this.</summary>
    public FlowSecret? SecretOf(HttpContext http)
    {
        var secret = FlowSecret.Of(http.Request.Cookies[CookieName]);
        http.Response.Cookies.Delete(CookieName, Form(http, null));
        return secret;
    }

    /// <summary>Takes a way up; null when that was done before, or it is too long ago.</summary>
    public async Task<ProviderFlow?> TakeAsync(FlowSecret secret, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"delete from provider_flows where state = @state and expires_at > @now returning {ProviderFlow.Columns}", ProviderFlow.Read, stop, ("state", Digest(secret.State)), ("now", clock.GetUtcNow())) is [var found]
            ? found
            : null;
    }

    /// <summary>Deletes ways from which nobody came back; gives back how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from provider_flows where expires_at < @now", stop, ("now", now));
    }

    private static byte[] Digest(string state) => SHA256.HashData(Encoding.ASCII.GetBytes(state));

    // Lax: whoever comes back comes from another site. One that is deleted has no age, or browsers would keep it for that.
    private CookieOptions Form(HttpContext http, TimeSpan? age) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = CookiePath, Secure = cookies.IsSecure || http.Request.IsHttps, MaxAge = age };
}
