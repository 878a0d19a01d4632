using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>A notice as an operator sees it: everything but what it says and to which number or address.</summary>
/// <param name="IsErased">Its content is gone; it cannot be sent again.</param>
internal sealed record NoticeRow(string Id, string Template, string Channel, string Recipient, string? Matter, string State, bool IsErased, DateTimeOffset MadeAt, DateTimeOffset NextAt, DateTimeOffset? ExpiresAt, int Attempts, string? Cause);

/// <summary>Which notices are shown; an empty text means all.</summary>
/// <param name="State">A state, or <see cref="Failing"/>.</param>
internal sealed record NoticeFilter(string State, string Channel, string Template)
{
    /// <summary>Waiting, and failed at least once.</summary>
    public const string Failing = "failing";

    public bool IsEmpty => (State + Channel + Template).Length == 0;

    private const string Select = """
        select id, template, channel, recipient, matter, state, case when content is null then 1 else 0 end, made_at, next_at, expires_at, attempts, cause from notices
        where (@state = '' or state = @state) and (@failing = '' or cause is not null) and (@channel = '' or channel = @channel) and (@template = '' or template = @template)
        order by made_at desc, id limit @most offset @from
        """;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<NoticeRow>> ListAsync(DataStore store, int from, int most, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, Select, Read, stop,
            ("state", State == Failing ? NoticeStates.Waiting : State), ("failing", State == Failing ? Failing : ""), ("channel", Channel), ("template", Template), ("most", most), ("from", from));
    }

    private static NoticeRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), row.GetInt32(6) == 1,
        row.Instant(7), row.Instant(8), row.IsDBNull(9) ? null : row.Instant(9), row.GetInt32(10), row.IsDBNull(11) ? null : row.GetString(11));
}
