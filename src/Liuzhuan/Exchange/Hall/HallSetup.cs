using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Plugs the drop page in: its services, its downloads, and whether it is ready.</summary>
internal static class HallSetup
{
    public static void AddHall(this IServiceCollection services, HallOptions options)
    {
        services.AddSingleton(options).AddSingleton<JobStore>().AddSingleton<JobDesk>().AddSingleton<UploadReader>().AddScoped<JobDoor>().AddScoped<HandOut>().AddHostedService<JobWorkers>();
        services.AddSingleton(new MenuEntry(10, HallTexts.Title, "/"));
        if (services.Any(service => service.ServiceType == typeof(VerifyRun))) return;

        services.AddSingleton<HallEngine>();
        services.AddSingleton<VerifyRun>(provider => provider.GetRequiredService<HallEngine>().Verify);
        services.TryAddSingleton<RegisterNow>(provider => provider.GetRequiredService<HallEngine>().Facts);
        services.AddHostedService(provider => provider.GetRequiredService<RegisterWatch>());
    }

    public static void MapHall(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ready", (RegisterNow register) =>
        {
            var facts = register();
            return TypedResults.Json(new { status = "ready", register = facts.Name, asOf = facts.AsOf, records = facts.Count });
        }).RequireAuthorization(Policies.Open);
        var jobs = routes.MapGroup("/jobs/{id}").RequireAuthorization(Policies.Workstation).AddEndpointFilter(FreshProofAttribute.AskAsync);
        jobs.MapGet("/result", (string id, JobDoor door, JobStore store, HandOut hand, CancellationToken stop) => DownloadAsync(id, ResultFile.Result, door, store, hand, stop));
        jobs.MapGet("/problems", (string id, JobDoor door, JobStore store, HandOut hand, CancellationToken stop) => DownloadAsync(id, ResultFile.Problems, door, store, hand, stop));
        jobs.MapGet("/report", (string id, JobDoor door, JobStore store, HandOut hand, CancellationToken stop) => DownloadAsync(id, ResultFile.Report, door, store, hand, stop));
    }

    private static async Task<IResult> DownloadAsync(string id, ResultFile file, JobDoor door, JobStore store, HandOut hand, CancellationToken stop) =>
        door.Find(id) is { Phase: JobPhase.Done } job ? await hand.SendAsync(store, job, file, request: null, stop) : TypedResults.NotFound();
}
