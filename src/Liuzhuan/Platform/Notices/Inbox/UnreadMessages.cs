using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Platform.Notices.Inbox;

/// <summary>How many messages somebody has not read, for the head of every page.</summary>
internal sealed class UnreadMessages(InboxShelf inbox, CurrentActor current, Permissions.Permissions permissions)
{
    /// <summary>Null for those without an inbox, and where the database cannot say: a page that tells of a failure has this head, too.</summary>
    public async Task<long?> CountAsync(CancellationToken stop)
    {
        if (current.Actor is not { } actor || !permissions.Decide(actor, Capabilities.ReadInbox).IsAllowed) return null;
        try
        {
            return await inbox.CountUnreadAsync(actor.Id, stop);
        }
        catch (Exception fault) when (DataRefusals.From(fault) is not null)
        {
            return null;
        }
    }
}
