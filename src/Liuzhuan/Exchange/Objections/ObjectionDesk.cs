using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Finds objections and their clocks for pages, and forgets what was written in them when its time is over.</summary>
internal sealed class ObjectionDesk(DataStore store, CalendarShelf calendars, TimeProvider clock)
{
    /// <summary>How long words stay after the answer: as long as the access can be complained of in court and a file be reviewed.</summary>
    public static readonly TimeSpan KeepWords = TimeSpan.FromDays(3 * 366);

    public async Task<(Objection Objection, ClockCard? Clock)?> FindAsync(string id, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        if (await Objection.FindAsync(connection, id, stop) is not { } objection) return null;
        var kept = await KeptClock.FindAsync(connection, objection.ClockId, stop);
        return (objection, kept is null ? null : ClockCard.Of(kept, await calendars.LoadAsync(connection, stop), clock.GetUtcNow()));
    }

    public async Task<IReadOnlyList<Objection>> OfAsync(string raisedBy, int most, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await Objection.OfAsync(connection, raisedBy, most, stop);
    }

    /// <summary>Empties the words of what was answered long ago, and what their digests were made with: the ledger stays as it is, and tells nothing of them any more.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "update objections set words = '', words_salt = '', answer = '', answer_salt = '' where answered_at <= @due and (words <> '' or answer <> '')", stop, ("due", now - KeepWords));
    }
}
