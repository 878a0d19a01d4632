using System.Diagnostics.Metrics;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Registers.Contract;

/// <summary>Plugs the registers of a running service in: the shelf, what watches them, their health and age.</summary>
internal static class RegistersSetup
{
    public static void AddRegisters(this IServiceCollection services, IReadOnlyList<string> paths, Func<string, RegisterSchema?> findSchema, TimeSpan oldAfter)
    {
        services.AddSingleton(_ => new RegisterShelf(paths, findSchema)).AddSingleton<RegisterWatch>();
        services.AddSingleton(provider => HealthCheck.Of("registers", () =>
            RegisterHealth.Look(provider.GetRequiredService<RegisterShelf>(), provider.GetRequiredService<RegisterWatch>().Duty, oldAfter, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new Gauge("liuzhuan.register.age", "s", "Age of the data of each register", () => Ages(provider.GetRequiredService<RegisterShelf>(), provider.GetRequiredService<TimeProvider>())));
    }

    private static IEnumerable<Measurement<double>> Ages(RegisterShelf shelf, TimeProvider clock) =>
        shelf.All.Select(register => new Measurement<double>((clock.GetUtcNow() - register.AsOf).TotalSeconds, new KeyValuePair<string, object?>("schema", register.Schema.Id)));
}
