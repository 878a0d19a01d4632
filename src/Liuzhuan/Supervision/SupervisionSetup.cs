using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Supervision.Alerts;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;

namespace Liuzhuan.Supervision;

/// <summary>What supervision plugs in.</summary>
internal static class SupervisionSetup
{
    public static void AddSupervision(this IServiceCollection services) => services
        .AddSingleton(WatchRules.Shipped).AddSingleton<WatchLists>().AddSingleton<RaiseFindings>().AddSingleton<AlertDesk>().AddSingleton<OfficerNames>()
        .AddSingleton(provider => new WatchRecorder(provider.GetRequiredService<WatchLists>(), PseudonymKeys.Current(provider.GetRequiredService<KeyFolder>())))
        .AddSingleton(provider => new KeepWatchLists(
            provider.GetRequiredService<DataStore>(), provider.GetRequiredService<AppendEntry>(), PseudonymKeys.Current(provider.GetRequiredService<KeyFolder>()), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<WatchWorker>().AddHostedService(provider => provider.GetRequiredService<WatchWorker>())
        .AddSingleton(provider => new Forgettable("words of alerts", provider.GetRequiredService<AlertDesk>().ForgetAsync))
        // The officer finds it by the same place: the page tells apart who reads it.
        .AddSingleton(new MatterPlace("alert/", "/supervision/alerts/", Capabilities.ReadInbox))
        .AddSingleton(new MenuEntry(26, AlertTexts.Title, "/supervision/alerts", Capabilities.SeeAlerts));
}
