using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>On which number a citizen with an account is reached.</summary>
internal sealed class CitizenContacts(CitizenAccounts accounts) : INoticeAddressee
{
    /// <summary>Citizens hold no roles at offices.</summary>
    public Task<IReadOnlyList<string>> HoldersAsync(string role, string office, CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<NoticeContact?> FindAsync(string recipient, CancellationToken stop) =>
        ActorIds.CitizenOf(recipient) is not null && await accounts.FindAsync(recipient, stop) is { } account ? new NoticeContact(account.Phone, null, PageLanguage.Chinese) : null;
}
