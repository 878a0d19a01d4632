using Liuzhuan.Exchange.Objections;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Finds requests for those who may see them, and puts the queue of a liaison in the order of legal deadlines.</summary>
internal sealed class RequestDesk(DataStore store, CalendarShelf calendars, LiaisonDuty duty, RequestReach reach, Permissions permissions, TimeProvider clock)
{
    // What waits is looked through before it is known who may see which; a province has some hundreds at a time.
    private const int Most = 5000;

    /// <summary>A request of the actor's own office; null for all others.</summary>
    public async Task<(ExchangeRequest Request, ClockCard? Clock)?> OfOfficeAsync(Actor actor, string id, CancellationToken stop) =>
        await FindAsync(id, stop) is var (request, card) && request.Office == actor.Post?.Office && permissions.Decide(actor, Capabilities.SubmitRequest, new PermissionTarget(Agency: request.Agency)).IsAllowed ? (request, card) : null;

    public async Task<(ExchangeRequest Request, ClockCard? Clock)?> FindAsync(string id, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        if (await ExchangeRequest.FindAsync(connection, id, stop) is not { } request) return null;
        var kept = await KeptClock.FindAsync(connection, request.ClockId, stop);
        return (request, kept is null ? null : ClockCard.Of(kept, await calendars.LoadAsync(connection, stop), clock.GetUtcNow()));
    }

    public async Task<IReadOnlyList<ExchangeRequest>> OfOfficeAsync(string office, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await ExchangeRequest.OfOfficeAsync(connection, office, Most, stop);
    }

    /// <summary>Disputes about the answer to a request.</summary>
    public async Task<IReadOnlyList<Objection>> DisputesAsync(string requestId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await Objection.OfRequestAsync(connection, requestId, stop);
    }

    /// <summary>What waits within the reach of somebody, the most urgent first.</summary>
    /// <param name="isOwnOnly">Leave out what belongs to divisions below, but for what they stand in for.</param>
    public async Task<IReadOnlyList<QueueItem>> QueueAsync(Actor actor, bool isOwnOnly, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var set = await calendars.LoadAsync(connection, stop);
        var now = clock.GetUtcNow();
        var mine = await duty.OfficesAsync(actor, ChinaTime.DayOf(now), stop);
        var may = await reach.OfAsync(actor, stop);
        var requests = (await ExchangeRequest.OpenAsync(connection, Most, stop)).Where(request => may(request).IsAllowed)
            .Select(request => (IsOwn: request.Division == actor.Post?.Division || request.LiaisonOffice == actor.Post?.Office || mine.Contains(request.LiaisonOffice), Item: new QueueItem(
                request.Short, new Text("核查请求", "Request"), request.OfficeName, $"/workbench/queue/{request.Id}", request.SubmittedAt, request.DueAt, request.IsProvisional, Left(request.DueAt, set, request.Division, now), GroupOf(request.DueAt, now),
                false, RequestTexts.Of(request.State))));
        var objections = (await Objection.OpenAsync(connection, Most, stop)).Where(pair => permissions.Decide(actor, Capabilities.DecideChallenge, pair.Objection.Target).IsAllowed)
            .Select(pair => (IsOwn: pair.Objection.Division == actor.Post?.Division || (pair.Objection.Office.Length == 0 && pair.Objection.Agency == actor.Post?.Agency), Item: new QueueItem(
                pair.Objection.Short, pair.Objection.About == Objection.Access ? RequestTexts.Objection : RequestTexts.RowsDisputed, pair.Objection.Body, $"/workbench/queue/objections/{pair.Objection.Id}", pair.Objection.RaisedAt, pair.DueAt, false,
                Left(pair.DueAt, set, pair.Objection.Division, now), GroupOf(pair.DueAt, now), true, ObjectionTexts.Open)));
        return [.. requests.Concat(objections).Where(one => !isOwnOnly || one.IsOwn).Select(one => one.Item).OrderBy(item => item.DueAt ?? DateTimeOffset.MaxValue).ThenBy(item => item.ReceivedAt)];
    }

    private static QueueGroup GroupOf(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } due) return QueueGroup.NoDue;
        if (now >= due) return QueueGroup.Overdue;
        var (today, last) = (ChinaTime.DayOf(now), ChinaTime.DayOf(due.AddTicks(-1)));
        // The week ends on Sunday.
        var sunday = today.AddDays(((int)DayOfWeek.Saturday - (int)today.DayOfWeek + 1) % 7);
        return last == today ? QueueGroup.Today : last <= sunday ? QueueGroup.ThisWeek : QueueGroup.Later;
    }

    // Working days until the last day, today not counted; negative when it is over.
    private static long? Left(DateTimeOffset? dueAt, CalendarSet set, string division, DateTimeOffset now)
    {
        if (dueAt is not { } due) return null;
        var (today, last, calendar) = (ChinaTime.DayOf(now), ChinaTime.DayOf(due.AddTicks(-1)), set.For(division));
        return now >= due ? -calendar.Count(last.AddDays(1), today.AddDays(1)) : calendar.Count(today.AddDays(1), last.AddDays(1));
    }
}
