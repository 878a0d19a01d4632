using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>How citizens are reached: by the telephone they registered.</summary>
internal sealed class CitizenAddressee(CitizenAccounts accounts) : INoticeAddressee
{
    /// <summary>Citizens hold no office.</summary>
    public Task<IReadOnlyList<string>> HoldersAsync(string role, string office, CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<NoticeContact?> FindAsync(string recipient, CancellationToken stop) =>
        await accounts.FindAsync(recipient, stop) is { } account ? new NoticeContact(account.Phone, null, PageLanguage.Chinese) : null;
}
