using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>Tells citizens that a way to sign in was added to their account or removed from it, in the commit in which it happens: in their inbox, and on the telephone they registered.</summary>
internal sealed class CitizenNotices(Outbox outbox, TimeProvider clock)
{
    public Statement PasskeyAdded(string citizen) => Of(citizen, "citizen-passkey");

    public Statement PasskeyRemoved(string citizen) => Of(citizen, "citizen-passkey-removed");

    private Statement Of(string citizen, string template) => outbox.Of(new NewNotice
    {
        Template = template,
        Recipient = citizen,
        Values = new Dictionary<string, Text> { ["at"] = NoticeValues.Moment(clock.GetUtcNow()) },
    });
}
