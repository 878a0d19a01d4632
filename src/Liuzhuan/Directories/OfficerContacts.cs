using System.Text.RegularExpressions;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories;

using Permissions = Liuzhuan.Platform.Permissions.Permissions;

/// <summary>Who is meant by a notice to an office, and on which number officers are reached.</summary>
internal sealed partial class OfficerContacts(DirectoryShelf shelf, LiaisonLookup liaisons, ManageRoles roles, TimeProvider clock) : INoticeAddressee
{
    /// <summary>
    /// For liaisons whoever answers for the office today, stand-ins and the office above included; for other roles the office's officers who hold it. An office seldom has a supervisor
    /// of its own: then those are meant whose area it lies in, the nearest.
    /// </summary>
    public async Task<IReadOnlyList<string>> HoldersAsync(string role, string office, CancellationToken stop)
    {
        var day = ChinaTime.DayOf(clock.GetUtcNow());
        if (role == Roles.Liaison) return (await liaisons.ForOfficeAsync(office, day, stop)).Officer is { } officer ? [Actor.OfOfficer(officer.Id)] : [];
        var book = await shelf.LoadAsync(stop);
        var granted = (await roles.ListAsync(null, stop)).Where(grant => grant.Role == role && grant.RevokedAt is null).Select(grant => grant.OfficerId).ToHashSet();
        var own = Named(book.OfficersOf(office).Where(one => granted.Contains(one.Id)), day);
        if (own.Count > 0 || role != Roles.Supervisor || !book.Offices.TryGetValue(office, out var place)) return own;
        var above = granted.Select(id => book.Officers.GetValueOrDefault(id)).OfType<Officer>().Where(one => one.Term.Covers(day))
            .Select(one => (Officer: one, Area: book.Offices.GetValueOrDefault(one.Office)?.Division ?? "")).Where(one => Permissions.IsBelow(place.Division, one.Area)).ToList();
        var nearest = above.Select(one => Permissions.Depth(one.Area)).DefaultIfEmpty().Max();
        return Named(above.Where(one => Permissions.Depth(one.Area) == nearest).Select(one => one.Officer), day);
    }

    private static List<string> Named(IEnumerable<Officer> officers, DateOnly day) => [.. officers.Where(one => one.Term.Covers(day)).Select(one => Actor.OfOfficer(one.Id)).Order(StringComparer.Ordinal)];

    public async Task<NoticeContact?> FindAsync(string recipient, CancellationToken stop) =>
        ActorIds.OfficerOf(recipient) is { } id && (await shelf.LoadAsync(stop)).Officers.TryGetValue(id, out var officer)
            // A telephone on a desk takes no text messages.
            ? new NoticeContact(Mobile().IsMatch(officer.Telephone) ? officer.Telephone : null, null, PageLanguage.Chinese)
            : null;

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();
}
