using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Plugs the exchange desk in: its services, the work on its files, its downloads.</summary>
internal static class DeskSetup
{
    public static void AddDesk(this IServiceCollection services, DeskOptions options)
    {
        services.AddSingleton(new MatterPlace("clock/request/", "/workbench/queue/", Capabilities.WorkQueue)).AddSingleton(new MatterPlace("clock/objection/", "/workbench/queue/objections/", Capabilities.DecideChallenge));
        services.AddSingleton(new MenuEntry(8, RequestTexts.Queue, "/workbench/queue", Capabilities.WorkQueue));
        services.AddSingleton(new MenuEntry(9, RequestTexts.Objections, "/workbench/objections", Capabilities.DecideChallenge));
        services.AddSingleton(new MenuEntry(8, RequestTexts.Requests, "/workbench/requests", Capabilities.SubmitRequest));
        services.AddSingleton(options).AddSingleton<RequestFiles>().AddSingleton<LiaisonDuty>().AddSingleton<RequestReach>().AddSingleton<RequestGround>().AddSingleton<RequestDesk>().AddSingleton<ReturnWords>().AddSingleton<SubmitRequest>().AddSingleton<HandleRequest>();
        services.AddSingleton(provider => new Forgettable("words of returned requests", provider.GetRequiredService<ReturnWords>().ForgetAsync));
        // Not as a hosted service of its type: there is one already, for the files of the drop page.
        services.AddSingleton<IHostedService>(provider => WorkersOf(provider, provider.GetRequiredService<RequestFiles>()));
        // After the workers have looked through the folder.
        services.AddSingleton<ResumeRequests>().AddHostedService(provider => provider.GetRequiredService<ResumeRequests>());
    }

    private static JobWorkers WorkersOf(IServiceProvider provider, RequestFiles files)
    {
        var store = provider.GetRequiredService<DataStore>();
        return new JobWorkers(
            files.Desk, files.Store, files.Options, provider.GetRequiredService<ErasureTime>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<JobWorkers>>(),
            (now, stop) => files.DeleteUnnamedAsync(store, now, stop));
    }

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var request = routes.MapGroup("/workbench/requests/{id}").RequireAuthorization(Policies.CanSubmitRequest).AddEndpointFilter(FreshProofAttribute.AskAsync);
        request.MapGet("/result", (string id, CurrentActor current, RequestDesk desk, RequestFiles files, HandOut hand, CancellationToken stop) => SendAsync(id, ResultFile.Result, current, desk, files, hand, stop));
        request.MapGet("/problems", (string id, CurrentActor current, RequestDesk desk, RequestFiles files, HandOut hand, CancellationToken stop) => SendAsync(id, ResultFile.Problems, current, desk, files, hand, stop));
        request.MapGet("/manifest", (string id, CurrentActor current, RequestDesk desk, RequestFiles files, HandOut hand, CancellationToken stop) => SendAsync(id, ResultFile.Report, current, desk, files, hand, stop));
    }

    // Only what was released, and only to the office that asked.
    private static async Task<IResult> SendAsync(string id, ResultFile file, CurrentActor current, RequestDesk desk, RequestFiles files, HandOut hand, CancellationToken stop) =>
        await desk.OfOfficeAsync(current.Actor!, id, stop) is ({ State: RequestState.Released } request, _) && files.Store.Find(request.Job) is { Phase: JobPhase.Done } job
            ? await hand.SendAsync(files.Store, job, file, request.Id, stop)
            : TypedResults.NotFound();
}
