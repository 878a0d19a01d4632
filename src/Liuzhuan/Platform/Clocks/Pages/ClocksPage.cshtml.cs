using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>The legal clocks within the reader's reach, those that end first on top.</summary>
[Authorize(Policy = Policies.CanSeeClocks)]
internal sealed class ClocksPageModel(DataStore store, CalendarShelf shelf, CurrentActor current, ClockReach reach, TimeProvider clock) : PageModel
{
    public const string Late = "late", Near = "near", Paused = "paused", Done = "done";

    private const int OnPage = 20, Most = 2000;

    public static Guide Guide { get; } = new("clocks", ClockTexts.GuideOrder, ClockTexts.GuideWhy);

    public static IReadOnlyList<(string Code, Text Name)> States { get; } = [(Late, ClockTexts.Overdue), (Near, ClockTexts.NearlyDue), (Paused, ClockTexts.Suspended), (Done, ClockTexts.Stopped)];

    public string State { get; private set; } = "";

    public string Rule { get; private set; } = "";

    public IReadOnlyList<ClockCard> Cards { get; private set; } = [];

    public Turning Turning { get; private set; } = new(0, false);

    public bool IsFiltered => State.Length + Rule.Length > 0;

    public static IReadOnlyList<ClockRule> Rules => [.. ClockRules.Shipped.All.DistinctBy(rule => rule.Id)];

    public async Task OnGetAsync(string? state, string? rule, int p, CancellationToken stop)
    {
        State = States.Any(one => one.Code == state) ? state! : "";
        Rule = Rules.Any(one => one.Id == rule) ? rule! : "";
        var (number, now) = (Turning.Number(p), clock.GetUtcNow());
        await using var connection = await store.OpenAsync(stop);
        var set = await shelf.LoadAsync(connection, stop);
        var kept = await KeptClock.ListAsync(connection, withStopped: State == Done, Most, stop);
        var mine = kept.Where(one => reach.Covers(current.Actor, one) && (Rule.Length == 0 || one.Rule.Id == Rule)).Select(one => ClockCard.Of(one, set, now)).Where(Fits).Skip(number * OnPage).Take(OnPage + 1).ToList();
        (Cards, Turning) = ([.. mine.Take(OnPage)], new Turning(number, mine.Count > OnPage));
    }

    private bool Fits(ClockCard card) => State switch
    {
        Late => card.State == ClockState.Overdue,
        Near => card.IsNearlyDue,
        Paused => card.State == ClockState.Suspended,
        Done => card.State == ClockState.Stopped,
        _ => true,
    };
}
