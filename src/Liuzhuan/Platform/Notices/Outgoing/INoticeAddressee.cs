namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>Knows who is meant and how they are reached. Whoever keeps people implements it; where nobody does, only the inbox and direct addresses reach anybody.</summary>
internal interface INoticeAddressee
{
    /// <summary>The officers who hold a role at an office now, as references; a stand-in in the place of whoever is on leave.</summary>
    Task<IReadOnlyList<string>> HoldersAsync(string role, string office, CancellationToken stop);

    /// <summary>How somebody is reached; null when nobody knows.</summary>
    /// <param name="recipient"><c>officer/…</c> or <c>citizen/…</c>.</param>
    Task<NoticeContact?> FindAsync(string recipient, CancellationToken stop);
}

/// <summary>How somebody is reached.</summary>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
internal sealed record NoticeContact(string? Phone, string? Mail, string Language);
