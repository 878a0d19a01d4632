using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Plugs in what citizens see of themselves, and objections.</summary>
internal static class ObjectionsSetup
{
    public static void AddObjections(this IServiceCollection services)
    {
        services.AddSingleton(new MenuEntry(5, ObjectionTexts.Accesses, "/hall/accesses", Capabilities.SeeOwnAccesses));
        services.AddSingleton(new MenuEntry(6, ObjectionTexts.Mine, "/hall/objections", Capabilities.ChallengeAccess));
        services.AddSingleton<AccessWords>().AddSingleton<OwnAccess>().AddSingleton<OwnNumbers>();
        services.AddSingleton<ObjectionWords>().AddSingleton<ObjectionDesk>().AddSingleton<WhoDecides>().AddSingleton<RaiseObjection>().AddSingleton<AnswerObjection>();
        services.AddSingleton(provider => new Forgettable("words of objections", provider.GetRequiredService<ObjectionDesk>().ForgetAsync));
    }

    public static void MapObjections(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/hall/accesses/{position:long}/receipt", ReceiptAsync).RequireAuthorization(Policies.CanSeeOwnAccesses).AddEndpointFilter(FreshProofAttribute.AskAsync);

    // The entry names no person, but whose list it stands in is nobody else's business.
    private static async Task<IResult> ReceiptAsync(long position, CurrentActor current, OwnAccess accesses, ShowAccesses show, OwnNumbers numbers, Ledger ledger, CancellationToken stop)
    {
        var actor = current.Actor!;
        var person = numbers.Of(actor.Person!.Value);
        if (await accesses.FindAsync(person, position, stop) is null || await ledger.ReceiptAsync(position, null, stop) is not { } receipt) return Results.NotFound();
        await show.LogAsync(AccessWords.Of(actor), "receipt", "下载本人一条查询记录的凭证", person, stop);
        return Results.File(ReceiptFile.Write(receipt, ledger.Key.Name), "application/json", $"receipt-{position}.json");
    }
}
