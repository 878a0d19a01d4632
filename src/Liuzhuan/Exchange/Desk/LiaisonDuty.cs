using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Whose liaison a request goes to, and who of them is there today.</summary>
internal sealed class LiaisonDuty(LiaisonLookup lookup, DirectoryShelf directory)
{
    /// <summary>The branch that keeps the register that files are verified against: the police of the place.</summary>
    public const string Keeper = "public-security";

    /// <summary>The office whose liaison answers for whoever works at a post: of the same level and division, or the next above that names one. Empty where the directory names none.</summary>
    public async Task<string> OfAsync(Post post, DateOnly day, CancellationToken stop)
    {
        // A station has no liaison of its own; its county does.
        var level = post.Level == OfficeLevel.Station ? OfficeLevel.County : post.Level;
        var answer = await lookup.ForDivisionAsync(Keeper, level, post.Division, day, stop);
        return answer.Steps is [var first, ..] ? first.Office.Code : answer.Office?.Code ?? "";
    }

    /// <summary>Who answers for an office on a day, and how that came about: leave and stand-ins.</summary>
    public async Task<(Text? Officer, IReadOnlyList<Text> Steps)> TodayAsync(string office, DateOnly day, CancellationToken stop)
    {
        if (office.Length == 0) return (null, []);
        var answer = await lookup.ForOfficeAsync(office, day, stop);
        return (answer.Officer?.Name, [.. answer.Steps.Select(step => step.Words)]);
    }

    /// <summary>The offices for which somebody answers on a day, as liaison or standing in for one on leave.</summary>
    public async Task<IReadOnlySet<string>> OfficesAsync(Actor actor, DateOnly day, CancellationToken stop)
    {
        if (actor.OfficerId is not { } id || (await directory.LoadAsync(stop)).Offices.Count == 0) return new HashSet<string>();
        return (await lookup.OfficesOfAsync(id, day, stop)).ToHashSet();
    }

    /// <summary>Who is warned when the clock of a request runs out.</summary>
    public static string? HolderOf(string office) => office.Length == 0 ? null : $"role/{Roles.Liaison}@{office}";
}
