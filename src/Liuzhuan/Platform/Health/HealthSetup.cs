using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Platform.Health;

/// <summary>Plugs in the checks of what belongs to no capability.</summary>
internal static class HealthSetup
{
    private static readonly HealthFinding
        Tidied = HealthFinding.Healthy("查询痕迹按时归并。", "Accesses are tidied."),
        Untidied = HealthFinding.Degraded("查询痕迹没有归并，“谁查过我”会变慢：请查看服务日志和数据库。", "Accesses are not tidied, and reading who looked somebody up grows slow: look at the service's log and the database."),
        Warned = HealthFinding.Healthy("法定时限按时提醒。", "Legal clocks warn in time."),
        Unwarned = HealthFinding.Degraded("法定时限没有提醒，将到期和已逾期的事项可能无人知道：请查看服务日志和数据库。", "Legal clocks do not warn, and nobody may know what is nearly due or late: look at the service's log and the database."),
        Forgotten = HealthFinding.Healthy("到期的内容按时删除。", "What is past its time is deleted."),
        NotForgotten = HealthFinding.Degraded("到期的内容没有删除：请查看服务日志和数据库，依法应尽快处理。", "What is past its time was not deleted: look at the service's log and the database. The law wants it gone.");

    /// <param name="leastFree">Bytes that should be free on the disk of the data folder.</param>
    public static void AddStateChecks(this IServiceCollection services, long leastFree)
    {
        services.AddSingleton(provider => new StateChecks(
            provider.GetRequiredService<DataStore>(), provider.GetRequiredService<Ledger.Ledger>(), provider.GetRequiredService<LedgerOptions>(), provider.GetRequiredService<TimeProvider>(), leastFree));
        foreach (var name in StateChecks.Names) services.AddSingleton(provider => provider.GetRequiredService<StateChecks>().Of(name));
        services.AddSingleton(provider => HealthCheck.Of("accesses", () => provider.GetRequiredService<AccessUpkeep>().Duty.IsFailing ? Untidied : Tidied));
        services.AddSingleton(provider => HealthCheck.Of("clocks", () => provider.GetRequiredService<AlarmWorker>().Duty.IsFailing ? Unwarned : Warned));
        services.AddSingleton(provider => HealthCheck.Of("forgetting", () => provider.GetRequiredService<Forgetting>().Duty.IsFailing ? NotForgotten : Forgotten));
        services.AddGauge("liuzhuan.ledger.waiting", "{entry}", "Entries that wait for a commit of the ledger", provider => provider.GetRequiredService<Ledger.Ledger>().Waiting);
    }
}
