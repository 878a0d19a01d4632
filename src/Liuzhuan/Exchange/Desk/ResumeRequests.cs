using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Exchange.Desk;

/// <summary>
/// Begins what was taken on and not begun: a server that is killed between the entry of the ledger and the start of the work leaves a request opened and its file held.
/// At the start all of this host are looked at, and one when its liaison looks at it.
/// </summary>
internal sealed partial class ResumeRequests(DataStore store, HandleRequest handle, ActorLoad actors, ILogger<ResumeRequests> log) : BackgroundService
{
    /// <summary>In the name of whoever took it on; where they have left or lost the role, of the liaison who looks. Done again, it changes nothing.</summary>
    /// <param name="viewer">A liaison who may work on it; null when nobody looks.</param>
    public async Task ResumeAsync(ExchangeRequest request, Actor? viewer, CancellationToken stop)
    {
        if (!handle.IsStranded(request)) return;
        var opener = ActorIds.OfficerOf(request.OpenedBy ?? "") is { } id ? await actors.OfficerAsync(id, stop) : null;
        if ((opener is not null && await handle.ResumeAsync(opener, request, stop)) || (viewer is not null && await handle.ResumeAsync(viewer, request, stop))) Resumed(request.Short);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var connection = await store.OpenAsync(stoppingToken);
            foreach (var request in await ExchangeRequest.OpenAsync(connection, int.MaxValue, stoppingToken)) await ResumeAsync(request, null, stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Nothing is lost: the liaison's page begins it.
            Failed(fault);
        }
    }

    [LoggerMessage(LogLevel.Information, "Request …{Request} was taken on and not begun; it is begun now")]
    private partial void Resumed(string request);

    [LoggerMessage(LogLevel.Error, "Requests that were taken on and not begun could not be looked for")]
    private partial void Failed(Exception fault);
}
