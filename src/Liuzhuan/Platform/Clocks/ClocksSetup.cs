using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Platform.Clocks;

/// <summary>Plugs legal clocks into the service.</summary>
internal static class ClocksSetup
{
    public static IServiceCollection AddClocks(this IServiceCollection services) => services
        .AddSingleton<CalendarShelf>().AddSingleton<KeepClock>().AddSingleton<RecalculateClocks>().AddSingleton<RaiseAlarms>()
        .AddSingleton<ClockReach>().AddSingleton(new MenuEntry(120, ClockTexts.Title, "/workbench/clocks", Capabilities.SeeClocks)).AddSingleton(new MenuEntry(130, CalendarTexts.Title, "/workbench/calendar", Capabilities.SeeClocks))
        .AddSingleton<AlarmWorker>().AddHostedService(provider => provider.GetRequiredService<AlarmWorker>());
}
