namespace Liuzhuan.Platform.Permissions;

/// <summary>One line of data/permissions/roles.yaml: a role may do something within its reach, for some purposes, while the line is in force.</summary>
/// <param name="Id">What a decision names as its ground.</param>
/// <param name="Purposes">Codes of purposes; null for any known one.</param>
/// <param name="ValidTo">The first day on which it is no longer in force; null for none yet.</param>
internal sealed record PermissionRule(string Id, string Role, string Capability, Reach Reach, IReadOnlyList<string>? Purposes, DateOnly ValidFrom, DateOnly? ValidTo, string Provision)
{
    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day < end);
}

/// <summary>How far a permission goes, from the narrowest to the widest.</summary>
internal enum Reach
{
    /// <summary>One's own matters.</summary>
    Self,

    /// <summary>What belongs to the office one works at.</summary>
    OwnOffice,

    /// <summary>The division of that office and those below it: a province code 220000 covers 22xxxx, a city 220100 covers 2201xx.</summary>
    OwnDivision,

    /// <summary>What belongs to the agency one works for.</summary>
    OwnAgency,

    Everywhere,
}
