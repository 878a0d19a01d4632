using System.Text.Json;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>Plugs the workbench in.</summary>
internal static class WorkbenchSetup
{
    public static void AddWorkbench(this IServiceCollection services)
    {
        services.AddSingleton(new MenuEntry(7, WorkbenchTexts.Person, "/workbench/verify", Capabilities.VerifyPerson));
        services.AddSingleton(new MenuEntry(8, WorkbenchTexts.Files, "/workbench/files", Capabilities.VerifyFile));
        services.AddSingleton<VerifyPerson>();
    }

    public static void MapWorkbench(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/workbench/receipts/{position:long}", ReceiptAsync).RequireAuthorization(Policies.SignedIn);

    // The proof of what somebody did themselves; nobody reads another's through it.
    private static async Task<IResult> ReceiptAsync(long position, CurrentActor current, Ledger ledger, CancellationToken stop)
    {
        if (await ledger.ReceiptAsync(position, null, stop) is not { } receipt) return Results.NotFound();
        using var leaf = JsonDocument.Parse(receipt.Leaf);
        return leaf.RootElement.GetProperty("actor").GetString() == current.Actor?.Id ? Results.File(ReceiptFile.Write(receipt, ledger.Key.Name), "application/json", $"receipt-{position}.json") : Results.NotFound();
    }
}
