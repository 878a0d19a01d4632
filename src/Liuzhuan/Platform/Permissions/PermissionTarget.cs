using Liuzhuan.Platform.Ledger.Accesses;

namespace Liuzhuan.Platform.Permissions;

/// <summary>What something is to be done to, as far as it is known. Empty: may it be done to anything at all, as a page asks before it is shown.</summary>
/// <param name="Division">Six digits of GB/T 2260.</param>
/// <param name="Office">Organ code.</param>
/// <param name="Agency">Unified social credit code.</param>
/// <param name="Purpose">Code of a purpose.</param>
/// <param name="Person">The citizen it is about.</param>
/// <param name="IsConcrete">It is one matter that there is: where nothing is known of its place it is within nobody's reach, instead of everybody's.</param>
internal readonly record struct PermissionTarget(string? Division = null, string? Office = null, string? Agency = null, string? Purpose = null, PersonKey? Person = null, bool IsConcrete = false)
{
    /// <summary>One matter by its place, as it is kept: empty for what is not known of it.</summary>
    public static PermissionTarget Matter(string division, string office, string agency) => new(Known(division), Known(office), Known(agency), IsConcrete: true);

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
