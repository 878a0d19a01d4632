using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Permissions;

/// <summary>What a fact about a person may be asked for (data/permissions/purposes.yaml).</summary>
/// <param name="Provision">The article it rests on.</param>
/// <param name="Fields">What may be compared for it; nothing else is.</param>
/// <param name="BeyondJurisdiction">How much of that when the person belongs to another division than the officer's.</param>
/// <param name="ValidTo">The first day on which it is no longer in force; null for none yet.</param>
internal sealed record Purpose(string Id, Text Name, string Provision, IReadOnlyList<string> Fields, Disclosure BeyondJurisdiction, DateOnly ValidFrom, DateOnly? ValidTo)
{
    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day < end);
}

/// <summary>How much may be told.</summary>
internal enum Disclosure
{
    None,

    /// <summary>Whether number and name belong together, and nothing more.</summary>
    NumberAndName,

    /// <summary>Whatever the purpose names.</summary>
    Full,
}
