using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>How the outbox stands.</summary>
/// <param name="Failing">Of those that wait: how many failed at least once.</param>
/// <param name="WaitsSince">Since when the oldest one is due; null when none is.</param>
internal sealed record NoticeStanding(long Waiting, long Failing, long Dead, DateTimeOffset? WaitsSince)
{
    private const string Counts = """
        select
            (select count(*) from notices where state = 'waiting'),
            (select count(*) from notices where state = 'waiting' and cause is not null),
            (select count(*) from notices where state = 'dead'),
            (select min(next_at) from notices where state = 'waiting' and lease is null)
        """;

    public static async Task<NoticeStanding> ReadAsync(DataStore store, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return (await connection.ListAsync(null, Counts, row => new NoticeStanding(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.Instant(3)), stop))[0];
    }
}
