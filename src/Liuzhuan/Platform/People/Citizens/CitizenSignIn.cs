using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>
/// Real-name sign-in: number and name are checked with the register, then a code goes to the registered telephone. Whether anything was right, whether there
/// is a telephone, whether a code was sent: the pages are the same. Between them an encrypted cookie remembers the account, never the number.
/// </summary>
internal sealed class CitizenSignIn(IPersonCheck check, CitizenAccounts accounts, Outbox outbox, DataStore store, AppendEntry append, KeyFolder keys, IDataProtectionProvider protection, SessionCookie cookies, SignInOptions options, TimeProvider clock)
{
    private const string CookieName = "liuzhuan.code", Template = "sign-in-code", Stranger = "stranger/unknown";
    private const int Digits = 6;

    private static readonly TimeSpan SendEvery = TimeSpan.FromMinutes(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("citizen-sign-in").ToTimeLimitedDataProtector();

    /// <summary>Sends a code to the telephone of whoever has this number and name, if there is one.</summary>
    public async Task BeginAsync(HttpContext http, string number, string name, string language, CancellationToken stop)
    {
        var account = await check.ConfirmAsync(number.Trim(), name.Trim(), asker: null, stop) is { } confirmed ? await accounts.FindAsync(Ledger.Accesses.PersonKey.Of(confirmed), stop) : null;
        if (account is null || !await SendAsync(account, language, stop)) await RefusedAsync(account, stop);
        // As long as that of an account: the length of what is encrypted shows.
        http.Response.Cookies.Append(CookieName, _protector.Protect(account?.Id ?? CitizenAccounts.NewId(), options.CodeFor), Form(http));
    }

    /// <summary>Sends a code to the telephone of an account. False when it has none, or one was sent a moment ago.</summary>
    public async Task<bool> SendAsync(CitizenAccount account, string language, CancellationToken stop)
    {
        if (account.Phone is not { } phone) return false;
        var now = clock.GetUtcNow();
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var minutes = options.CodeFor.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        var notice = outbox.Of(new NewNotice
        {
            Template = Template,
            Recipient = Recipients.Direct,
            Channel = NoticeChannels.Sms,
            Address = phone,
            Language = language,
            Values = new Dictionary<string, Text> { ["code"] = new(code, code), ["minutes"] = new(minutes, minutes) },
            IsUrgent = true,
            WorthFor = options.CodeFor,
        });
        var isSent = await append(new NewEntry("sign-in", account.Id, LedgerDetail.Of(new { act = "send-code" }))
        {
            Companions = [StatementCompanion.Of(new Statement(
                "insert into sign_in_codes (account, code, sent_at, expires_at, attempts) values (@account, @code, @now, @until, 0) on conflict (account) do update set code = excluded.code, sent_at = excluded.sent_at, expires_at = excluded.expires_at, attempts = 0 where sign_in_codes.sent_at <= @ago",
                ("account", account.Id), ("code", Digest(account.Id, code)), ("now", now), ("until", now + options.CodeFor), ("ago", now - SendEvery)), notice)],
        }, stop) is not null;
        if (isSent) outbox.Nudge();
        return isSent;
    }

    /// <summary>Whether this is the code that was sent to whoever began here. Gives back the account and what uses the code up, to be committed with the session; null when not.</summary>
    public async Task<(CitizenAccount Account, IReadOnlyList<Statement> Uses)?> FinishAsync(HttpContext http, string code, CancellationToken stop)
    {
        var account = Begun(http) is { } id ? await accounts.FindAsync(id, stop) : null;
        if (await CheckAsync(account, code, stop) is not { } uses) return null;
        http.Response.Cookies.Delete(CookieName, Form(http));
        return (account!, uses);
    }

    /// <summary>Whether this is the code that was sent to an account. As <see cref="FinishAsync"/>.</summary>
    public async Task<IReadOnlyList<Statement>?> CheckAsync(CitizenAccount? account, string code, CancellationToken stop)
    {
        var (now, id) = (clock.GetUtcNow(), account?.Id ?? Stranger);
        var isOpen = await AttemptLock.OfCitizens.ClaimAsync(store, ActorIds.CitizenOf(id) ?? "", options, now, stop);
        var given = Digest(id, string.Concat(code.Where(char.IsAsciiDigit)));
        await using var connection = await store.OpenAsync(stop);
        var sent = await connection.ListAsync(null, "select code from sign_in_codes where account = @account and expires_at > @now", row => row.GetFieldValue<byte[]>(0), stop, ("account", id), ("now", now));
        if (isOpen && sent is [var wanted] && CryptographicOperations.FixedTimeEquals(wanted, given))
            return [AttemptLock.OfCitizens.Free(ActorIds.CitizenOf(id)!), new Statement("delete from sign_in_codes where account = @account and code = @code", ("account", id), ("code", given))];
        await RefusedAsync(account, stop);
        return null;
    }

    /// <summary>To be committed with a change of an account's telephone: the code that went to the one before opens nothing any more.</summary>
    // A row is always touched, so that what it comes with is not refused; a new code may be sent at once.
    public static Statement Void(string account, DateTimeOffset now) => new(
        "insert into sign_in_codes (account, code, sent_at, expires_at, attempts) values (@account, @none, @before, @now, 0) on conflict (account) do update set sent_at = excluded.sent_at, expires_at = excluded.expires_at",
        ("account", account), ("none", Array.Empty<byte>()), ("before", now - SendEvery), ("now", now));

    /// <summary>Somebody has begun to sign in here.</summary>
    public bool HasBegun(HttpContext http) => Begun(http) is not null;

    /// <summary>Deletes codes that are over; gives back how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from sign_in_codes where expires_at < @now", stop, ("now", now));
    }

    /// <summary>Notes that somebody was refused; also whose code was good and came in nowhere, because it was used up meanwhile.</summary>
    public Task RefusedAsync(CitizenAccount? account, CancellationToken stop) =>
        append(new NewEntry("sign-in", account?.Id ?? Stranger, LedgerDetail.Of(new { act = "refuse", way = SignInWays.Code })), stop);

    private string? Begun(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[CookieName] is { } kept ? _protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Six digits are soon tried through, so the digest takes a key.
    private byte[] Digest(string account, string code) => HMACSHA256.HashData(keys.Secret(CitizenAccounts.KeyPurpose).Span, Encoding.UTF8.GetBytes($"{account}\0{code.PadLeft(Digits)}"));

    private CookieOptions Form(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/hall", Secure = cookies.IsSecure || http.Request.IsHttps, MaxAge = options.CodeFor };
}
