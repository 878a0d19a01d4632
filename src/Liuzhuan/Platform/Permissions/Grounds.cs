using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Permissions;

/// <summary>Decides on which articles the agencies of a branch may ask for a purpose today.</summary>
internal sealed class Grounds(IReadOnlyList<Ground> grounds, TimeProvider clock)
{
    /// <summary>With those that come with the product.</summary>
    public static Grounds Shipped(TimeProvider clock)
    {
        using var text = PermissionFiles.Shipped("grounds.yaml");
        return new Grounds(PermissionFiles.Grounds(text, PermissionFiles.ShippedPurposes()), clock);
    }

    /// <summary>All of them, in force or not.</summary>
    public IReadOnlyList<Ground> All => grounds;

    /// <summary>Those of a purpose that a branch may name today, in the order of the file.</summary>
    /// <param name="branch">Of the agency that asks; null where nobody knows it, and all are possible.</param>
    public IReadOnlyList<Ground> Of(string purpose, string? branch) => [.. grounds.Where(ground => ground.Purpose == purpose && ground.IsFor(branch) && ground.IsInForce(Today))];

    /// <summary>The ground of a choice that was sent.</summary>
    /// <param name="purpose">What it is asked for, decided before.</param>
    /// <param name="id">Of the ground.</param>
    public Result<Ground> Find(Purpose purpose, string id, string? branch)
    {
        if (!grounds.Any(ground => ground.Purpose == purpose.Id && ground.IsFor(branch))) return PermissionRefusals.PurposeNotOfBranch(purpose);
        if (grounds.FirstOrDefault(ground => ground.Id == id && ground.Purpose == purpose.Id && ground.IsFor(branch)) is not { } found) return PermissionRefusals.GroundUnknown(purpose);
        return found.IsInForce(Today) ? found : PermissionRefusals.GroundNotInForce(found);
    }

    /// <summary>The ground of a request that was taken, in force or not; null where it is none of ours.</summary>
    /// <param name="id">Null where only the words were kept.</param>
    /// <param name="words">Its Chinese words, as they were then.</param>
    public Ground? Kept(string purpose, string? id, string words) => grounds.FirstOrDefault(ground => ground.Purpose == purpose && (id is null ? ground.Name.Zh == words : ground.Id == id));

    private DateOnly Today => ChinaTime.DayOf(clock.GetUtcNow());
}
