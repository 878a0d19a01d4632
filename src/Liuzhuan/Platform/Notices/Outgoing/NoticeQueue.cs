using System.Data.Common;
using System.Security.Cryptography;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>
/// Gives notices to workers of any number of hosts, each to one. The schedule is the column <c>next_at</c>; whoever takes a notice moves it to the end of the
/// lease, so that one whose host fell silent comes up again. At least once: receivers tell repetitions by the id.
/// </summary>
internal sealed class NoticeQueue(DataStore store, NoticeOptions options, TimeProvider clock)
{
    private const int Candidates = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    private const string
        Due = "select id, next_at, attempts from notices where state = 'waiting' and urgent = @urgent and next_at <= @now order by next_at limit @most",
        Taken = "update notices set next_at = @until, lease = @lease, attempts = attempts + 1, tried_at = @now where id = @id and state = 'waiting' and next_at = @was and attempts = @attempts",
        Columns = "select id, template, channel, recipient, matter, content, urgent, made_at, expires_at, attempts, lease from notices where id = @id and lease = @lease",
        // One that is due later than any may be was put off by a clock that has been set back since.
        PutOff = "select 1 from notices where state = 'waiting' and next_at > @latest limit 1",
        Hasten = "update notices set next_at = @now where state = 'waiting' and next_at > @latest",
        Mine = " where id = @id and lease = @lease and state = 'waiting'",
        Done = "update notices set state = 'sent', lease = null, cause = null, ended_at = @now, content = case when urgent = @yes then null else content end" + Mine,
        Later = "update notices set next_at = @next, lease = null, cause = @cause" + Mine,
        Ended = "update notices set state = 'dead', lease = null, cause = @cause, ended_at = @now" + Mine;

    /// <summary>Takes what has been due longest, urgent ones first; null when nothing is.</summary>
    /// <param name="onlyUrgent">Leaves the others to others.</param>
    public async Task<Notice?> TakeAsync(bool onlyUrgent, CancellationToken stop)
    {
        var now = Instants.Whole(clock.GetUtcNow());
        await using var connection = await store.OpenAsync(stop);
        foreach (var urgent in onlyUrgent ? (bool[])[true] : [true, false])
        {
            foreach (var (id, was, attempts) in await connection.ListAsync(null, Due, row => (row.GetString(0), row.Instant(1), row.GetInt32(2)), stop, ("urgent", urgent), ("now", now), ("most", Candidates)))
            {
                var lease = RandomNumberGenerator.GetHexString(32, lowercase: true);
                // Not to be broken off: what was taken must be known to whoever took it.
                if (await connection.ExecuteAsync(null, Taken, CancellationToken.None, ("id", id), ("until", now + options.Lease), ("lease", lease), ("now", now), ("was", was), ("attempts", attempts)) == 0) continue;
                var notice = (await connection.ListAsync(null, Columns, Read, CancellationToken.None, ("id", id), ("lease", lease)))[0];
                // A notice that brings its host down every time must come to an end.
                if (attempts < options.MostAttempts) return notice;
                await EndAsync(connection, notice, NoticeCauses.Interrupted, now);
            }
        }

        var latest = now + LongestPause + LongestPause;
        // Looked at before: a write, even of nothing, would take SQLite's lock every second.
        if (!onlyUrgent && await connection.ScalarAsync(null, PutOff, stop, ("latest", latest)) is not null) await connection.ExecuteAsync(null, Hasten, stop, ("now", now), ("latest", latest));
        return null;
    }

    /// <summary>Writes down what came of it, unless the lease ran out meanwhile.</summary>
    public async Task SettleAsync(Notice notice, Delivery delivery)
    {
        var now = Instants.Whole(clock.GetUtcNow());
        await using var connection = await store.OpenAsync(CancellationToken.None);
        if (delivery.Kind == DeliveryKind.Sent) await connection.ExecuteAsync(null, Done, CancellationToken.None, ("id", notice.Id), ("lease", notice.Lease), ("now", now), ("yes", true));
        else if (delivery.Kind == DeliveryKind.Never || notice.Attempts >= options.MostAttempts) await EndAsync(connection, notice, delivery.Cause, now);
        else await connection.ExecuteAsync(null, Later, CancellationToken.None, ("id", notice.Id), ("lease", notice.Lease), ("cause", delivery.Cause), ("next", now + Pause(notice, delivery.After)));
    }

    /// <summary>How long to wait after an attempt: four times as long as before, at least as long as the receiver asked for, six hours at most.</summary>
    public TimeSpan Pause(Notice notice, TimeSpan? asked)
    {
        var own = options.FirstPause * Math.Pow(4, Math.Min(notice.Attempts - 1, 20));
        var pause = own > LongestPause || own < TimeSpan.Zero ? LongestPause : own;
        // What failed together is not tried again at the same moment: up to an eighth later, by its id.
        pause += pause / 8 * (Convert.ToInt32(notice.Id[..2], 16) / 255.0);
        return asked is { } wanted && wanted > pause ? wanted < LongestPause ? wanted : LongestPause : pause;
    }

    private static Task<int> EndAsync(DbConnection connection, Notice notice, string cause, DateTimeOffset now) =>
        connection.ExecuteAsync(null, Ended, CancellationToken.None, ("id", notice.Id), ("lease", notice.Lease), ("cause", cause), ("now", now));

    private static Notice Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5), row.GetBoolean(6),
        row.Instant(7), row.IsDBNull(8) ? null : row.Instant(8), row.GetInt32(9), row.GetString(10));
}
