using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Objections;

/// <summary>
/// Where an objection is decided, and who is warned of its end: somebody the rules let decide it, so that its clock never runs for nobody.
/// What no office stands for, as the access of a machine or of whoever runs the system, is decided in the province (PIPL art. 50 asks for a way to complain, whoever looked).
/// </summary>
internal sealed class WhoDecides(DirectoryShelf shelf, LiaisonLookup liaisons, ManageRoles roles, ActorLoad actors, Permissions permissions)
{
    /// <returns>The asker with the division in which it is decided, and the holder of its clock; null where nobody there could decide.</returns>
    public async Task<(Asker Place, string? Holder)> OfAsync(Asker asker, DateOnly day, CancellationToken stop)
    {
        var supervisors = await SupervisorsAsync(asker.Actor, stop);
        var top = await TopOfficeAsync(day, stop);
        if (asker.Division.Length == 0) asker = asker with { Division = PlaceOf(top?.Division ?? "", supervisors) };

        if (await LiaisonAsync(asker, day, stop)) return (asker, Recipients.Role(Roles.Liaison, asker.Office));
        var nearest = supervisors.Where(one => May(one, asker)).OrderBy(one => one.Post?.Office != asker.Office).ThenByDescending(one => Permissions.Depth(one.Post?.Division ?? ""))
            .ThenBy(one => one.Post?.Office, StringComparer.Ordinal).FirstOrDefault();
        // Without any, whoever is made supervisor before the day comes is warned.
        var office = nearest?.Post?.Office ?? (asker.Office.Length > 0 ? asker.Office : top?.Code);
        return (asker, office is null ? null : Recipients.Role(Roles.Supervisor, office));
    }

    // Where nobody supervises the whole province, those who supervise most of it decide.
    private static string PlaceOf(string province, IReadOnlyList<Actor> supervisors)
    {
        var areas = supervisors.Select(one => one.Post?.Division ?? "").Where(area => area.Length > 0).OrderBy(Permissions.Depth).ThenBy(area => area, StringComparer.Ordinal).ToList();
        return province.Length > 0 && (areas.Count == 0 || areas.Exists(area => Permissions.IsBelow(province, area))) ? province : areas.FirstOrDefault() ?? "";
    }

    private async Task<Office?> TopOfficeAsync(DateOnly day, CancellationToken stop) => (await shelf.LoadAsync(stop)).Offices.Values.Where(one => one.Term.Covers(day) && one.Division.Length > 0)
        .OrderBy(one => Permissions.Depth(one.Division)).ThenBy(one => one.Code, StringComparer.Ordinal).FirstOrDefault();

    private async Task<IReadOnlyList<Actor>> SupervisorsAsync(string but, CancellationToken stop)
    {
        var found = new List<Actor>();
        foreach (var id in (await roles.ListAsync(null, stop)).Where(grant => grant.Role == Roles.Supervisor && grant.RevokedAt is null).Select(grant => grant.OfficerId).Distinct())
        {
            if (await actors.OfficerAsync(id, stop) is { } officer && officer.Id != but) found.Add(officer);
        }

        return found;
    }

    // An office may have named a clerk, or be answered for by the office above it: neither decides about it.
    private async Task<bool> LiaisonAsync(Asker asker, DateOnly day, CancellationToken stop) =>
        asker.Office.Length > 0 && (await liaisons.ForOfficeAsync(asker.Office, day, stop)).Officer is { } seat && await actors.OfficerAsync(seat.Id, stop) is { } officer && officer.Id != asker.Actor && May(officer, asker);

    private bool May(Actor officer, Asker asker) => permissions.Decide(officer, Capabilities.DecideChallenge, PermissionTarget.Matter(asker.Division, asker.Office, asker.Agency)).IsAllowed;
}
