using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Demo;
using Liuzhuan.Platform.Notices.Inbox;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Pages;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Notices.Webhooks;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Platform.Notices;

/// <summary>Plugs notices into the service: outbox, worker, channels, inbox.</summary>
internal static class NoticesSetup
{
    /// <summary>Where receivers find the keys that messages to them are signed with.</summary>
    public const string KeysPath = "/.well-known/notice-keys.json";

    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(15);

    private static readonly HealthFinding
        Flowing = HealthFinding.Healthy("通知按时发出。", "Notices are sent."),
        Failing = HealthFinding.Degraded("发件箱读写失败，通知没有发出：请查看服务日志和数据库。", "The outbox cannot be worked on and notices stay: look at the service's log and the database."),
        Stuck = HealthFinding.Degraded("通知积压超过十五分钟：请检查短信网关、邮件服务器，或增加 Notices__Workers。", "Notices have waited for more than fifteen minutes: look at the SMS gateway and the mail server, or set Notices__Workers higher."),
        Dead = HealthFinding.Degraded("有通知多次发送失败，已停止：请在“通知发送”页面重发或搁置。", "Notices were given up: send them again or set them aside on the page of notices."),
        Unseen = HealthFinding.Degraded("数据库读不到，不知道通知是否发出。", "The database cannot be read, so nobody knows whether notices are sent.");

    /// <param name="isDemo">True for a demonstration: text messages go to a gateway on this service, which shows them.</param>
    public static void AddNotices(this IServiceCollection services, NoticeOptions options, bool isDemo)
    {
        if (isDemo) services.AddSingleton<DemoMessages>().AddSingleton(new MenuEntry(190, DemoTexts.Title, "/demo/messages"));
        services.AddSingleton(options).AddSingleton(_ => NoticeTemplates.Shipped);
        services.AddSingleton<NoticeSeal>().AddSingleton<Outbox>().AddSingleton<NoticeQueue>().AddSingleton<RouteNotice>().AddSingleton<NoticeErasure>();
        services.AddSingleton<OperateNotices>().AddSingleton<ManageWebhooks>().AddSingleton<InboxShelf>().AddSingleton<SignedPost>();
        services.AddSingleton(provider => new SmsGateway(() => isDemo ? new Uri(new Uri(provider.GetRequiredService<ServiceAddress>().Issuer), DemoGateway.Path) : options.SmsGateway));
        services.AddScoped<UnreadMessages>().AddSingleton<MatterPlaces>().AddSingleton(new MatterPlace("clock/", "/workbench/clocks/of/", Capabilities.SeeClocks));
        services.AddSingleton(new MenuEntry(150, SendingTexts.Title, "/admin/notices", Capabilities.WatchNotices));
        services.AddSingleton<INoticeChannel, SmsChannel>().AddSingleton<INoticeChannel, MailChannel>();
        services.AddSingleton<INoticeChannel>(provider => new WebhookChannel(provider.GetRequiredService<SignedPost>(), provider.GetRequiredService<DataStore>(), provider.GetRequiredService<ServiceAddress>, options));
        services.AddSingleton<NoticeWorker>().AddHostedService(provider => provider.GetRequiredService<NoticeWorker>());
        services.AddSingleton(provider => new Forgettable("contents of notices", provider.GetRequiredService<NoticeErasure>().SweepAsync));
        services.AddSingleton(provider => new HealthCheck("notices", stop => LookAsync(provider, stop)));
    }

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DemoMessages>() is not null) DemoGateway.Map(routes);
        routes.MapGet(KeysPath, (KeyFolder keys) =>
        {
            // Made here, where nothing was sent yet: a receiver must have it before the first message.
            _ = keys.Current(KeyPurposes.Notices, SigningSuites.Es256.Id);
            return TypedResults.Bytes(JsonWebKeys.WriteSet([.. keys.All(KeyPurposes.Notices).Select(key => key.Public)]), "application/jwk-set+json");
        }).RequireAuthorization(Policies.Open).MarkForMachines();
    }

    private static async Task<HealthFinding> LookAsync(IServiceProvider provider, CancellationToken stop)
    {
        try
        {
            if (provider.GetRequiredService<NoticeWorker>().Duty.IsFailing) return Failing;
            var standing = await NoticeStanding.ReadAsync(provider.GetRequiredService<DataStore>(), stop);
            return standing.Dead > 0 ? Dead : standing.WaitsSince is { } since && provider.GetRequiredService<TimeProvider>().GetUtcNow() - since > LongWait ? Stuck : Flowing;
        }
        catch (Exception fault) when (DataRefusals.From(fault) is not null)
        {
            return Unseen;
        }
    }
}
