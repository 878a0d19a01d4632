using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Objections;

/// <summary>A citizen's own list: who asked about them, when, why and on which article. To look at it is logged, too.</summary>
[Authorize(Policy = Policies.CanSeeOwnAccesses), FreshProof]
internal sealed class AccessesModel(CurrentActor current, ShowAccesses show, OwnNumbers numbers, ObjectionDesk objections) : PageModel
{
    /// <summary>What one page of the list holds.</summary>
    public const int PageSize = 20;

    public static Guide Guide { get; } = new("accesses", ObjectionTexts.GuideRead, ObjectionTexts.GuideObject, ObjectionTexts.GuideClock);

    public AccessPage List { get; private set; } = new([], null);

    public IReadOnlyDictionary<long, Objection> Objections { get; private set; } = new Dictionary<long, Objection>();

    public bool IsFirstPage { get; private set; }

    /// <param name="before">From the link to older ones.</param>
    public async Task OnGetAsync(long? before, CancellationToken stop)
    {
        var actor = current.Actor!;
        IsFirstPage = before is null;
        var person = numbers.Of(actor.Person!.Value);
        List = await show.RunAsync(AccessWords.Of(actor), "查看本人的查询记录", person, PageSize, before, stop);
        Objections = (await objections.OfAsync(actor.Id, RaiseObjection.MostInMonth * 12, stop)).Where(one => one.Position is not null).ToDictionary(one => one.Position!.Value);
    }
}
