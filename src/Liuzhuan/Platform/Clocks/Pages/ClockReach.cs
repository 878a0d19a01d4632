using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>Whose clocks somebody sees: by the division a clock goes by and the office that holds it.</summary>
internal sealed class ClockReach(Permissions.Permissions permissions)
{
    private const int DivisionDigits = 6;

    public bool Covers(Actor? actor, KeptClock clock) => permissions.Decide(actor, Capabilities.SeeClocks, TargetOf(actor, clock)).IsAllowed;

    private static PermissionTarget TargetOf(Actor? actor, KeptClock clock)
    {
        var office = clock.Holder is { } holder && holder.StartsWith(Recipients.RolePrefix, StringComparison.Ordinal) ? holder[(holder.IndexOf('@', StringComparison.Ordinal) + 1)..] : null;
        // What is in one's own hands, or in those of one's own office, is of one's own agency, too.
        var isOwn = actor is { Post: { } own } && (clock.Holder == actor.Id || office == own.Office);
        // A clock that names neither division nor holder belongs to nobody in particular: only who sees all clocks sees it.
        return new PermissionTarget(
            Division: clock.Division.Length >= DivisionDigits ? clock.Division[..DivisionDigits] : null,
            Office: isOwn ? actor?.Post?.Office : office ?? "", Agency: isOwn ? actor?.Post?.Agency : null);
    }
}
