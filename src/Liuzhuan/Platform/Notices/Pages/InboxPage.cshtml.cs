using Liuzhuan.Platform.Notices.Inbox;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Notices.Pages;

/// <summary>What the reader was told: messages in the service itself.</summary>
[Authorize(Policy = Policies.CanReadInbox)]
internal sealed class InboxPageModel(InboxShelf inbox, CurrentActor current, MatterPlaces places, PageLanguage language) : PageModel
{
    public const string Unread = "unread";

    private const int OnPage = 20;

    public static Guide Guide { get; } = new("inbox", InboxTexts.GuideWhat, InboxTexts.GuideOpen);

    public IReadOnlyList<InboxItem> Items { get; private set; } = [];

    public Turning Turning { get; private set; } = new(0, false);

    public string? Show { get; private set; }

    public bool OnlyUnread => Show == Unread;

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task OnGetAsync(string? show, int p, CancellationToken stop)
    {
        Show = show == Unread ? Unread : null;
        var number = Turning.Number(p);
        var found = await inbox.ListAsync(Me.Id, language.Language, OnlyUnread, number * OnPage, OnPage + 1, stop);
        (Items, Turning) = ([.. found.Take(OnPage)], new Turning(number, found.Count > OnPage));
    }

    public async Task<IActionResult> OnPostReadAsync(string? id, string? show, CancellationToken stop)
    {
        if (id is { Length: > 0 }) await inbox.MarkReadAsync(Me.Id, id, stop);
        return this.Follow(show == Unread ? "/inbox?show=" + Unread : "/inbox");
    }

    public async Task<IActionResult> OnPostAllAsync(CancellationToken stop)
    {
        await inbox.MarkReadAsync(Me.Id, null, stop);
        return this.Follow("/inbox");
    }

    public string? PlaceOf(InboxItem item) => places.Find(item.Matter, Me);
}
