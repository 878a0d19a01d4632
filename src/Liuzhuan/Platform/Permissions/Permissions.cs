using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Platform.Permissions;

/// <summary>The one place that decides who may do what: role x capability x reach x purpose, denied by default. Whatever is unknown is refused.</summary>
internal sealed class Permissions(IReadOnlyList<PermissionRule> rules, IReadOnlyList<Purpose> purposes, TimeProvider clock)
{
    /// <summary>With the rules that come with the product.</summary>
    public static Permissions Shipped(TimeProvider clock)
    {
        var purposes = PermissionFiles.ShippedPurposes();
        using var ruleText = PermissionFiles.Shipped("roles.yaml");
        return new Permissions(PermissionFiles.Rules(ruleText, purposes), purposes, clock);
    }

    /// <summary>All rules, in force or not.</summary>
    public IReadOnlyList<PermissionRule> Rules => rules;

    /// <summary>May <paramref name="actor"/> do this to that? An empty target asks whether there is anything they may do it to, unless it is a concrete matter.</summary>
    public PermissionDecision Decide(Actor? actor, string capability, PermissionTarget target = default)
    {
        if (actor is null) return No(null, PermissionRefusals.Stranger);
        var day = Today;
        var mine = rules.Where(rule => rule.Capability == capability && actor.Roles.Contains(rule.Role) && rule.IsInForce(day)).ToList();
        if (mine.Count == 0) return No(null, PermissionRefusals.NoRole(capability, Holding(capability, day)));

        Purpose? purpose = null;
        if (target.Purpose is { } code)
        {
            purpose = purposes.FirstOrDefault(one => one.Id == code && one.IsInForce(day));
            if (purpose is null) return No(mine[0].Id, PermissionRefusals.PurposeUnknown);
            var forIt = mine.Where(rule => rule.Purposes is not { } named || named.Contains(code)).ToList();
            if (forIt.Count == 0) return No(mine[0].Id, PermissionRefusals.PurposeNotYours(purpose));
            mine = forIt;
        }

        var fields = purpose?.Fields ?? [];
        if (mine.Find(rule => Covers(rule.Reach, actor, target)) is { } allowing) return new PermissionDecision { Disclosure = Disclosure.Full, Rule = allowing.Id, Fields = fields };
        // Less may be told about people of elsewhere, but never about another's own matters.
        return purpose is { BeyondJurisdiction: not Disclosure.None } && mine.Find(rule => rule.Reach != Reach.Self) is { } nearest
            ? purpose.BeyondJurisdiction == Disclosure.Full
                ? new PermissionDecision { Disclosure = Disclosure.Full, Rule = nearest.Id, Fields = fields }
                : new PermissionDecision { Disclosure = Disclosure.NumberAndName, Rule = nearest.Id, Refusal = PermissionRefusals.OnlyNumberAndName(purpose), Fields = [.. fields.Where(field => field == "name")] }
            : No(mine[0].Id, PermissionRefusals.Beyond(mine.Max(rule => rule.Reach)));
    }

    /// <summary>What <paramref name="actor"/> may do this for, in the order of the file.</summary>
    public IReadOnlyList<Purpose> PurposesOf(Actor? actor, string capability)
    {
        var day = Today;
        return [.. purposes.Where(purpose => purpose.IsInForce(day) && Decide(actor, capability, new PermissionTarget(Purpose: purpose.Id)).Disclosure != Disclosure.None)];
    }

    /// <summary>A purpose by its code, in force or not; null when there never was one.</summary>
    public Purpose? FindPurpose(string id) => purposes.FirstOrDefault(one => one.Id == id);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(ChinaTime.Offset).DateTime);

    private IReadOnlyList<string> Holding(string capability, DateOnly day) => [.. rules.Where(rule => rule.Capability == capability && rule.IsInForce(day)).Select(rule => rule.Role).Distinct()];

    private static bool Covers(Reach reach, Actor actor, PermissionTarget target)
    {
        if (target == new PermissionTarget(Purpose: target.Purpose)) return true;
        // About somebody else one decides by their division or office; without either, nobody but they themselves are within reach.
        return reach switch
        {
            Reach.Everywhere => true,
            Reach.Self => target is { Division: null, Office: null, Agency: null, Person: { } person } && actor.Person == person,
            Reach.OwnOffice => actor.Post is { } post && target.Office == post.Office,
            Reach.OwnDivision => actor.Post is { } post && (target.Division ?? (target.Office == post.Office ? post.Division : null)) is { } division && IsBelow(division, post.Division),
            Reach.OwnAgency => actor.Post is { } post && target.Agency == post.Agency,
            _ => false,
        };
    }

    /// <summary>Is a division the other, or part of it? By the codes of GB/T 2260: zeros at the end stand for all that is below.</summary>
    internal static bool IsBelow(string division, string upper)
    {
        if (division.Length != 6 || upper.Length != 6) return false;
        var stem = upper.EndsWith("0000", StringComparison.Ordinal) ? upper[..2] : upper.EndsWith("00", StringComparison.Ordinal) ? upper[..4] : upper;
        return division.StartsWith(stem, StringComparison.Ordinal);
    }

    /// <summary>How deep a division lies: 3 for a county, 2 for a city, 1 for a province.</summary>
    internal static int Depth(string division) => division.EndsWith("0000", StringComparison.Ordinal) ? 1 : division.EndsWith("00", StringComparison.Ordinal) ? 2 : 3;

    private static PermissionDecision No(string? rule, Refusal refusal) => new() { Disclosure = Disclosure.None, Rule = rule, Refusal = refusal };
}
