using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Passkeys (WebAuthn level 3): registering one, and proving identity with one. What was asked of the browser waits for its answer in an encrypted cookie; that it was answered is remembered by the database, for all hosts.</summary>
internal sealed class PasskeyDesk(IPasskeyHandler<Account> handler, AccountStore accounts, SharedOnceStore once, IDataProtectionProvider protection, SessionCookie cookies, TimeProvider clock)
{
    private const string CookieName = "liuzhuan.passkey", Scope = "passkey";

    private const int OnceBytes = 16;

    /// <summary>The most keys somebody may have, and the longest name of one.</summary>
    public const int MostKeys = 10, LongestName = 60, LongestCredential = 20_000;

    private static readonly TimeSpan StateFor = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("passkeys").ToTimeLimitedDataProtector();

    /// <summary>What the browser is asked for a new key of <paramref name="actor"/>: the options of navigator.credentials.create as JSON.</summary>
    public async Task<string> BeginCreationAsync(HttpContext http, Actor actor)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = actor.Id, Name = actor.OfficerId ?? actor.Name, DisplayName = actor.Name }, http);
        Keep(http, new Waiting("create", actor.Id, made.AttestationState ?? "", NewOnce()));
        return made.CreationOptionsJson;
    }

    /// <summary>Registers the key that the browser made; gives back its name.</summary>
    public async Task<Result<string>> CreateAsync(HttpContext http, Actor actor, string? credential, string? name, CancellationToken stop)
    {
        var waiting = await TakeAsync(http, stop);
        if (waiting is not { What: "create" } || waiting.Of != actor.Id || credential is not { Length: > 0 and <= LongestCredential }) return CredentialRefusals.PasskeyNotMade;
        var held = await accounts.ListAsync(actor.Id, stop);
        if (held.Count >= MostKeys) return CredentialRefusals.TooManyPasskeys;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = waiting.State });
        if (!result.Succeeded || result.UserEntity.Id != actor.Id) return CredentialRefusals.PasskeyNotMade;
        var called = (name ?? "").Trim() is { Length: > 0 and <= LongestName } given ? given : $"#{held.Count + 1}";
        result.Passkey.Name = called;
        await accounts.AddOrUpdatePasskeyAsync(new Account(actor.Id, actor.Name), result.Passkey, stop);
        return called;
    }

    /// <summary>What the browser is asked for a proof: the options of navigator.credentials.get as JSON. Without <paramref name="actor"/> any key of this site will do, so nothing is told of who has one.</summary>
    public async Task<string> BeginProofAsync(HttpContext http, Actor? actor)
    {
        var made = await handler.MakeRequestOptionsAsync(actor is null ? null : new Account(actor.Id, actor.Name), http);
        Keep(http, new Waiting("prove", actor?.Id, made.AssertionState ?? "", NewOnce()));
        return made.RequestOptionsJson;
    }

    /// <summary>Whose key signed what was asked; refused when it is nobody's, or another's than of whom it was asked.</summary>
    public async Task<Result<Account>> ProveAsync(HttpContext http, Actor? actor, string? credential, CancellationToken stop)
    {
        var waiting = await TakeAsync(http, stop);
        if (waiting is not { What: "prove" } || waiting.Of != actor?.Id || credential is not { Length: > 0 and <= LongestCredential }) return CredentialRefusals.PasskeyWrong;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = waiting.State });
        if (!result.Succeeded || (actor is not null && result.User.Id != actor.Id)) return CredentialRefusals.PasskeyWrong;
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey, stop);
        return result.User;
    }

    private void Keep(HttpContext http, Waiting waiting) => http.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(waiting), StateFor), Form(http));

    // Once: whoever answers twice has to ask anew. A browser forgets its cookie; somebody who copied cookie and answer does not.
    private async Task<Waiting?> TakeAsync(HttpContext http, CancellationToken stop)
    {
        if (http.Request.Cookies[CookieName] is not { } kept) return null;
        http.Response.Cookies.Delete(CookieName, Form(http));
        if (Open(kept) is not { } waiting) return null;
        var now = clock.GetUtcNow();
        return await once.UseAsync(Scope, waiting.Once, now, now + StateFor, stop) == OnceUse.First ? waiting : null;
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

    private CookieOptions Form(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = cookies.IsSecure || http.Request.IsHttps, MaxAge = StateFor };

    private static string NewOnce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(OnceBytes));

    private sealed record Waiting(string What, string? Of, string State, string Once);
}
