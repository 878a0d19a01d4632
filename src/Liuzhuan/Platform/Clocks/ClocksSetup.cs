using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Clocks.Keeping;

namespace Liuzhuan.Platform.Clocks;

/// <summary>Plugs legal clocks into the service.</summary>
internal static class ClocksSetup
{
    public static IServiceCollection AddClocks(this IServiceCollection services) => services
        .AddSingleton<CalendarShelf>().AddSingleton<KeepClock>().AddSingleton<RecalculateClocks>().AddSingleton<RaiseAlarms>()
        .AddSingleton<AlarmWorker>().AddHostedService(provider => provider.GetRequiredService<AlarmWorker>());
}
