using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Notices.Pages;

/// <summary>What waits, fails or was given up, for the operator who looks after it.</summary>
[Authorize(Policy = Policies.CanWatchNotices)]
internal sealed class SendingPageModel(DataStore store, OperateNotices operate, NoticeTemplates templates, CurrentActor current) : PageModel
{
    private const int OnPage = 30;

    public static Guide Guide { get; } = new("sending", SendingTexts.GuideStates, SendingTexts.GuideMend, SendingTexts.GuideTrail);

    public NoticeStanding Standing { get; private set; } = new(0, 0, 0, null);

    public NoticeFilter Filter { get; private set; } = new("", "", "");

    public IReadOnlyList<NoticeRow> Rows { get; private set; } = [];

    public Turning Turning { get; private set; } = new(0, false);

    public Refusal? Refusal { get; private set; }

    public IEnumerable<string> Templates => templates.All.Select(template => template.Id).Distinct();

    private string Me => current.Actor?.Id ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task OnGetAsync(string? state, string? channel, string? template, int p, CancellationToken stop)
    {
        var number = Turning.Number(p);
        Filter = new NoticeFilter(Known(state, SendingTexts.StateCodes), Known(channel, SendingTexts.ChannelCodes), Known(template, Templates));
        var found = await Filter.ListAsync(store, number * OnPage, OnPage + 1, stop);
        (Rows, Turning) = ([.. found.Take(OnPage)], new Turning(number, found.Count > OnPage));
        Standing = await NoticeStanding.ReadAsync(store, stop);
    }

    public async Task<IActionResult> OnPostRetryAsync(string? id, string? back, CancellationToken stop) => await DoneAsync(await operate.RetryAsync(id ?? "", Me, stop), back, stop);

    public async Task<IActionResult> OnPostReplayAsync(string? id, string? back, CancellationToken stop) => await DoneAsync(await operate.ReplayAsync(id ?? "", Me, stop), back, stop);

    public async Task<IActionResult> OnPostReplayAllAsync(string? channel, string? back, CancellationToken stop) => await DoneAsync(await operate.ReplayAllAsync(channel ?? "", Me, stop), back, stop);

    public async Task<IActionResult> OnPostAsideAsync(string? id, string? reason, string? back, CancellationToken stop) => await DoneAsync(await operate.SetAsideAsync(id ?? "", reason ?? "", Me, stop), back, stop);

    private async Task<IActionResult> DoneAsync(Result<string> outcome, string? back, CancellationToken stop)
    {
        if (outcome.Ok(out _, out var refusal)) return this.Follow(ReturnPath.Of(back) ?? "/admin/notices");
        await OnGetAsync(null, null, null, 1, stop);
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return Page();
    }

    private static string Known(string? asked, IEnumerable<string> known) => asked is not null && known.Contains(asked) ? asked : "";
}
