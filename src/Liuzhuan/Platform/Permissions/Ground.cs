using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Permissions;

/// <summary>An article on which agencies may ask for a purpose (data/permissions/grounds.yaml).</summary>
/// <param name="Name">Law and article; the Chinese words are kept with a request, and read by the people in it.</param>
/// <param name="Branches">The branches of agencies it stands for; null for any.</param>
/// <param name="ValidTo">The first day on which it is no longer in force; null for none yet.</param>
internal sealed record Ground(string Id, string Purpose, Text Name, IReadOnlyList<string>? Branches, DateOnly ValidFrom, DateOnly? ValidTo)
{
    /// <summary>The branches that the directory knows; a ground may name no other.</summary>
    public static IReadOnlyList<string> KnownBranches { get; } =
    [
        "public-security", "court", "procuratorate", "justice", "education", "civil-affairs", "human-resources", "medical-insurance", "health", "housing", "natural-resources", "taxation", "other",
    ];

    /// <summary>What a form sends for it: a ground belongs to one purpose, and names it.</summary>
    public string Choice => $"{Purpose}/{Id}";

    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day < end);

    /// <param name="branch">Null where nobody knows it: before there is a directory.</param>
    public bool IsFor(string? branch) => branch is null || Branches is not { } named || named.Contains(branch);
}
