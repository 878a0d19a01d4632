using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>Sends what waits in the outbox. Every host may have one; one of its places is kept for what cannot wait behind a receiver that does not answer.</summary>
internal sealed partial class NoticeWorker(
    NoticeQueue queue, NoticeSeal seal, NoticeTemplates templates, RouteNotice route, IEnumerable<INoticeChannel> channels, Outbox outbox, NoticeOptions options, TimeProvider clock, ILogger<NoticeWorker> log) : BackgroundService
{
    private readonly Dictionary<string, INoticeChannel> _channels = channels.ToDictionary(channel => channel.Name);

    public Duty Duty { get; } = new();

    /// <summary>Sends the notice that has been due longest. False when none is.</summary>
    public async Task<bool> RunOnceAsync(bool onlyUrgent, CancellationToken stop)
    {
        if (await queue.TakeAsync(onlyUrgent, stop) is not { } notice) return false;
        Delivery delivery;
        try
        {
            delivery = await AttemptAsync(notice, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // This host ends; whoever comes next tries again. The attempt counts: the receiver may have it.
            await queue.SettleAsync(notice, Delivery.Again(NoticeCauses.Interrupted));
            throw;
        }
        catch (Exception fault) when (fault is not System.Data.Common.DbException)
        {
            Failed(fault, notice.Short);
            delivery = Delivery.Again(NoticeCauses.Fault);
        }

        await queue.SettleAsync(notice, delivery);
        Meters.Noticed(notice.Channel, delivery.Kind switch { DeliveryKind.Sent => "sent", DeliveryKind.Again => "again", _ => "dead" });
        if (delivery.Kind == DeliveryKind.Never || (delivery.Kind == DeliveryKind.Again && notice.Attempts >= options.MostAttempts)) Dead(notice.Short, notice.Channel, delivery.Cause);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (options.Workers == 0) return;
        await Task.WhenAll(Enumerable.Range(0, options.Workers + 1).Select(place => WorkAsync(onlyUrgent: place == 0, stoppingToken)));
    }

    private async Task WorkAsync(bool onlyUrgent, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var found = await RunOnceAsync(onlyUrgent, stop);
                Duty.Done();
                if (!found) await outbox.WaitAsync(stop);
                else outbox.Nudge();
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // Such as a database that went away; said once, not by every place in every second.
                if (!Duty.IsFailing) Broken(fault);
                Duty.Failed();
                await Task.Delay(options.Idle, clock, stop);
            }
        }
    }

    private async Task<Delivery> AttemptAsync(Notice notice, CancellationToken stop)
    {
        if (notice.ExpiresAt is { } end && clock.GetUtcNow() >= end) return Delivery.Never(NoticeCauses.Expired);
        if (notice.Content is not { } closed) return Delivery.Never(NoticeCauses.Erased);
        if (seal.Open(closed) is not { } content) return Delivery.Again(NoticeCauses.Unreadable);
        if (templates.Find(notice.Template, ChinaTime.DayOf(notice.MadeAt)) is not { } template) return Delivery.Never(NoticeCauses.NoTemplate);
        if (notice.Channel != NoticeChannels.Route) return _channels.TryGetValue(notice.Channel, out var channel) ? await channel.SendAsync(notice, template, content, stop) : Delivery.Never(NoticeCauses.NoText);
        // Said here already, where it is still one notice and not one for each channel.
        if (template.Values.FirstOrDefault(name => !content.Values.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value.Zh) || string.IsNullOrWhiteSpace(value.En)) is { } missing) return Delivery.Never($"{NoticeCauses.Missing}:{missing}");
        return await route.RunAsync(notice, template, content, stop);
    }

    [LoggerMessage(LogLevel.Error, "An attempt to send notice …{Notice} failed for a mistake of ours")]
    private partial void Failed(Exception fault, string notice);

    [LoggerMessage(LogLevel.Error, "Notice …{Notice} by {Channel} was given up: {Cause}. An operator finds it under /admin/notices")]
    private partial void Dead(string notice, string channel, string cause);

    [LoggerMessage(LogLevel.Error, "Notices could not be taken from the outbox; it is tried again in a moment")]
    private partial void Broken(Exception fault);
}
