using System.Buffers.Text;
using System.Security.Cryptography;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>Sessions: opened, found by their secret, proved again, ended. Opening and ending one is an entry of the ledger, durable together with its row.</summary>
internal sealed class OpenSessions(DataStore store, AppendEntry append, SignInOptions options, ApiOptions api, TimeProvider clock)
{
    private const int SecretBytes = 32, IdBytes = 12;

    /// <summary>When the last request came is written down this often; finer would be a write for each request.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private const string Live = "s.ended_at is null and s.expires_at > @now and s.seen_at > @idle and s.epoch = coalesce((select e.epoch from session_epochs e where e.actor = s.actor), 0)";

    /// <summary>Opens a session; gives back the secret for the cookie. Null when one of the statements that go <paramref name="along"/> touched no row: what proved the identity was used up meanwhile.</summary>
    public async Task<string?> OpenAsync(NewSession wanted, CancellationToken stop, params IReadOnlyList<Statement> along)
    {
        var (now, id, secret) = (clock.GetUtcNow(), NewId(), NewSecret());
        var isDone = await LogAsync(new { act = "sign-in", session = id, of = wanted.AssistedBy is null ? null : wanted.Actor, way = wanted.Way, assistedBy = wanted.AssistedBy, actsFor = wanted.ActsFor }, wanted.AssistedBy ?? wanted.Actor, [.. along, new Statement(
            "insert into sessions (id, secret, actor, way, epoch, signed_in_at, proved_at, seen_at, expires_at, assisted_by, acts_for, mandate) values (@id, @secret, @actor, @way, coalesce((select epoch from session_epochs where actor = @actor), 0), @now, @proved, @now, @end, @assisted, @for, @mandate)",
            ("id", id), ("secret", Digest(secret)), ("actor", wanted.Actor), ("way", wanted.Way), ("now", now), ("proved", wanted.ProvedAt ?? now), ("end", now + options.LongestFor), ("assisted", wanted.AssistedBy), ("for", wanted.ActsFor), ("mandate", wanted.Mandate))], stop, wanted.Mandate);
        return isDone ? secret : null;
    }

    /// <summary>The session of a cookie's secret; null when there is none, or it is over.</summary>
    public async Task<Session?> FindAsync(string secret, CancellationToken stop)
    {
        if (secret.Length != Base64Url.GetEncodedLength(SecretBytes)) return null;
        var now = clock.GetUtcNow();
        await using var connection = await store.OpenAsync(stop);
        if (await connection.ListAsync(null, $"select {Session.Columns} from sessions s where s.secret = @secret and {Live}", Session.Read, stop, ("secret", Digest(secret)), ("now", now), ("idle", now - options.IdleFor)) is not [var found]) return null;
        if (now - found.SeenAt >= SeenEvery) await connection.ExecuteAsync(null, "update sessions set seen_at = @now where id = @id", stop, ("now", now), ("id", found.Id));
        return found;
    }

    /// <summary>All open sessions of somebody, newest first.</summary>
    public async Task<IReadOnlyList<Session>> ListAsync(string actor, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"select {Session.Columns} from sessions s where s.actor = @actor and {Live} order by s.signed_in_at desc, s.id", Session.Read, stop, ("actor", actor), ("now", now), ("idle", now - options.IdleFor));
    }

    /// <summary>Identity was proved anew: the session goes on under another secret, so that one who got hold of the old one is out. Null when it has ended meanwhile.</summary>
    public async Task<string?> ProveAsync(Actor actor, string way, CancellationToken stop, params IReadOnlyList<Statement> along)
    {
        var secret = NewSecret();
        var isDone = await LogAsync(new { act = "prove", session = actor.Session, way }, actor.Id, [.. along, new Statement(
            "update sessions set secret = @secret, proved_at = @now where id = @id and ended_at is null", ("secret", Digest(secret)), ("now", clock.GetUtcNow()), ("id", actor.Session))], stop);
        return isDone ? secret : null;
    }

    /// <summary>Ends a session of <paramref name="of"/>. False when it has ended already, or is somebody else's.</summary>
    public Task<bool> EndAsync(string session, string of, string by, CancellationToken stop) => LogAsync(new { act = "sign-out", session }, by, [new Statement(
        "update sessions set ended_at = @now, ended_by = @by where id = @id and actor = @actor and ended_at is null", ("now", clock.GetUtcNow()), ("by", by), ("id", session), ("actor", of))], stop);

    /// <summary>Ends all sessions of somebody, but one where it is named.</summary>
    public Task<bool> EndOthersAsync(string of, string? but, string by, CancellationToken stop) => LogAsync(new { act = "sign-out-others", of, kept = but }, by, [new Statement(
        "update sessions set ended_at = @now, ended_by = @by where actor = @actor and id <> @but and ended_at is null", ("now", clock.GetUtcNow()), ("by", by), ("actor", of), ("but", but ?? ""))], stop);

    /// <summary>To be committed with a change of somebody's roles: whatever was opened before is void.</summary>
    public static Statement Void(string actor) => new("insert into session_epochs (actor, epoch) values (@actor, 1) on conflict (actor) do update set epoch = session_epochs.epoch + 1", ("actor", actor));

    /// <summary>Deletes what has been over for long; the ledger keeps that it was. Gives back how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset endedBefore, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from sessions where expires_at < @before", stop, ("before", endedBefore));
    }

    private async Task<bool> LogAsync(object detail, string by, IReadOnlyList<Statement> statements, CancellationToken stop, string? words = null)
    {
        var entry = new NewEntry("sign-in", by, LedgerDetail.Of(detail)) { Companions = [StatementCompanion.Of(statements)] };
        // What somebody typed may name people: it lies beside the log, where it can be erased.
        if (words is not null) entry = entry with { Payload = LedgerDetail.Of(new { words }), ErasePayloadAfter = clock.GetUtcNow() + api.KeepPayloads };
        return await append(entry, stop) is not null;
    }

    private static byte[] Digest(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
}
