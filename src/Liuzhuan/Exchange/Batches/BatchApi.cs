using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Exchange.Batches.Working;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Batches;

/// <summary>Plugs batches in: their services, and their operations of the interface.</summary>
internal static class BatchApi
{
    /// <summary>The operations, for whoever checks callers and registers routes.</summary>
    public static IReadOnlyList<BatchRoute> Routes { get; } =
    [
        new("POST", "/api/batches", BatchBody.MostBytes, services => services.GetRequiredService<OpenBatch>().HandleAsync),
        new("GET", "/api/batches", 0, services => services.GetRequiredService<ReadBatch>().ListAsync),
        new("GET", "/api/batches/{id}", 0, services => services.GetRequiredService<ReadBatch>().StatusAsync),
        new("DELETE", "/api/batches/{id}", 0, services => services.GetRequiredService<CancelBatch>().HandleAsync),
        new("HEAD", "/api/batches/{id}/content", 0, services => services.GetRequiredService<ReceiveContent>().TellAsync),
        new("PUT", "/api/batches/{id}/content", ReceiveContent.MostPart, services => services.GetRequiredService<ReceiveContent>().PutAsync),
        new("PATCH", "/api/batches/{id}/content", ReceiveContent.MostPart, services => services.GetRequiredService<ReceiveContent>().PatchAsync),
        new("GET", "/api/batches/{id}/result", 0, services => services.GetRequiredService<ReadBatch>().ResultAsync),
        new("GET", "/api/batches/{id}/problems", 0, services => services.GetRequiredService<ReadBatch>().ProblemsAsync),
        new("GET", "/api/batches/{id}/manifest", 0, services => services.GetRequiredService<ReadBatch>().ManifestAsync),
    ];

    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        foreach (var route in Routes) routes.MapMachine(route.Method, route.Pattern, ApiScopes.Batches, route.MostBytes, route.Handler);
    }

    public static IServiceCollection AddBatches(this IServiceCollection services, BatchOptions options) => services
        .AddSingleton(options).AddSingleton<BatchAccess>().AddSingleton<BatchUpload>().AddSingleton<BatchErasure>().AddSingleton<BatchForecast>()
        .AddSingleton<BatchLeases>().AddSingleton<BatchFiles>().AddSingleton<BatchRun>()
        .AddSingleton<OpenBatch>().AddSingleton<ReceiveContent>().AddSingleton<ReadBatch>().AddSingleton<CancelBatch>()
        .AddSingleton(provider => HealthCheck.Of("batches", () => Fares(options, provider.GetRequiredService<BatchLeases>())))
        .AddErasureTime().AddSingleton<BatchWorker>().AddHostedService(provider => provider.GetRequiredService<BatchWorker>());

    private static HealthFinding Fares(BatchOptions options, BatchLeases leases) => options.Workers == 0 ? HealthFinding.Healthy("本机不处理批次。", "This host works on no batches.")
        : leases.Silence > options.Lease * 2 + options.Idle ? HealthFinding.Degraded("批次处理已停顿，文件会等待：请查看服务日志和数据库；其他主机可接手。", "Work on batches has stopped and files wait: look at the service's log and the database. Other hosts can take over.")
        : HealthFinding.Healthy("批次处理正常。", "Batches are worked on.");
}

/// <summary>One operation.</summary>
/// <param name="MostBytes">The largest body it takes; 0 for none.</param>
internal sealed record BatchRoute(string Method, string Pattern, int MostBytes, Func<IServiceProvider, ApiHandler> Handler);
