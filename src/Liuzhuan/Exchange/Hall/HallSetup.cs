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
        services.AddSingleton(options).AddSingleton<JobStore>().AddSingleton<JobDesk>().AddSingleton<UploadReader>().AddScoped<JobDoor>().AddHostedService<JobWorkers>();
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
        jobs.MapGet("/result", (string id, JobDoor door, JobStore store) => Download(door, id, store.ResultPath));
        jobs.MapGet("/problems", (string id, JobDoor door, JobStore store) => Download(door, id, store.ProblemsPath));
        jobs.MapGet("/report", (string id, JobDoor door, JobStore store) => Download(door, id, store.ReportPath));
    }

    private static IResult Download(JobDoor door, string id, Func<Job, string> path) =>
        door.Find(id) is { Phase: JobPhase.Done } job ? Send(path(job)) : TypedResults.NotFound();

    /// <summary>A file of a job as a download.</summary>
    public static IResult Send(string path) =>
        File.Exists(path) ? TypedResults.PhysicalFile(path, ContentType(path), Path.GetFileName(path)) : TypedResults.NotFound();

    private static string ContentType(string path) => FileNames.Extension(path) switch
    {
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".json" => "application/json",
        // The encoding is that of the input; a charset here would be a guess.
        ".csv" => "text/csv",
        ".tsv" or ".tab" => "text/tab-separated-values",
        _ => "application/octet-stream",
    };
}
