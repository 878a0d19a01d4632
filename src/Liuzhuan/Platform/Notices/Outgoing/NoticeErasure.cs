using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>Erases addresses and contents past their time; that something was sent, when and by which channel stays for a year more.</summary>
internal sealed class NoticeErasure(DataStore store)
{
    private static readonly TimeSpan KeepTrace = TimeSpan.FromDays(366);

    private const string
        // What is still on its way is given up first: it could not be sent any more.
        GiveUp = "update notices set state = 'dead', lease = null, cause = @cause, ended_at = @now where state = 'waiting' and erase_after <= @now",
        Contents = "update notices set content = null where content is not null and erase_after <= @now",
        Rows = "delete from notices where erase_after <= @old and state <> 'waiting'",
        Inbox = "delete from inbox where erase_after <= @now";

    /// <summary>Gives back how much was erased.</summary>
    /// <param name="now">See <see cref="Ledger.ErasureTime"/>.</param>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, GiveUp, stop, ("now", now), ("cause", NoticeCauses.Erased));
        return await connection.ExecuteAsync(null, Contents, stop, ("now", now)) + await connection.ExecuteAsync(null, Rows, stop, ("old", now - KeepTrace)) + await connection.ExecuteAsync(null, Inbox, stop, ("now", now));
    }
}
