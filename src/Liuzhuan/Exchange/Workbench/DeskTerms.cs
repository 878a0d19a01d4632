using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>What an officer may be told for a purpose: of people registered in the area of their office, and of the others.</summary>
/// <param name="Rule">The line of the permissions that allows it.</param>
/// <param name="Fields">What may be compared within the area.</param>
internal sealed record DeskTerms(Purpose Purpose, string Rule, IReadOnlyList<string> Fields, DisclosurePolicy Policy)
{
    /// <summary>The field of a register by which the area of an office is measured.</summary>
    public const string Residence = "division";

    // No division has this code, so that whoever reaches it reaches everywhere.
    private const string Elsewhere = "000000";

    private static readonly Refusal NoResidence = new("desk.no-residence",
        "这个登记库没有户籍区划，无法判断是否属于本单位的管辖范围，不能在工作台核验。请由持有该登记库的机关核验。",
        "This register holds no residence, so that nobody can tell whether a person belongs to the area of the office; it cannot be asked at the workbench. Have the agency that keeps the register answer.", StatusCodes.Status403Forbidden);

    public static Result<DeskTerms> Of(Permissions permissions, Actor actor, string capability, string purpose, RegisterSchema schema)
    {
        if (actor.Post is not { } post) return PermissionRefusals.Stranger;
        var here = permissions.Decide(actor, capability, new PermissionTarget(Division: post.Division, Purpose: purpose));
        if (!here.IsAllowed || permissions.FindPurpose(purpose) is not { } known) return here.Refusal ?? PermissionRefusals.PurposeUnknown;
        var full = DisclosurePolicy.Full with { Fields = Bits(schema, here.Fields), TellsLeftOut = true };
        var elsewhere = permissions.Decide(actor, capability, new PermissionTarget(Division: Elsewhere, Purpose: purpose));
        if (elsewhere.IsAllowed) return new DeskTerms(known, here.Rule ?? "", here.Fields, full);
        var residence = schema.Fields.Select(field => field.Name).ToList().IndexOf(Residence);
        if (residence < 0) return NoResidence;
        var beyond = elsewhere.Disclosure == Disclosure.None ? null : new DisclosurePolicy(Bits(schema, elsewhere.Fields), Notes.None, AnswerSuperseded: false);
        return new DeskTerms(known, here.Rule ?? "", here.Fields, full with { Within = new Jurisdiction(residence, Jurisdiction.PrefixOf(post.Division), beyond) });
    }

    /// <summary>The policy, narrowed to what belongs to a fact.</summary>
    public DisclosurePolicy PolicyFor(FactType fact)
    {
        var own = Bits(fact.Schema, fact.Compared);
        var policy = Policy with { Fields = Policy.Fields & own };
        return policy.Within is { Beyond: { } beyond } within ? policy with { Within = within with { Beyond = beyond with { Fields = beyond.Fields & own } } } : policy;
    }

    /// <summary>The policy for an answer to somebody else's purpose: what both allow.</summary>
    public DisclosurePolicy PolicyFor(FactType fact, Purpose theirs)
    {
        var (policy, own) = (PolicyFor(fact), Bits(fact.Schema, theirs.Fields));
        policy = policy with { Fields = policy.Fields & own };
        if (policy.Within is not { Beyond: { } beyond } within) return policy;
        var told = theirs.BeyondJurisdiction switch
        {
            Disclosure.Full => own,
            Disclosure.NumberAndName => own & Bits(fact.Schema, ["name"]),
            _ => 0u,
        };
        return policy with { Within = within with { Beyond = theirs.BeyondJurisdiction == Disclosure.None ? null : beyond with { Fields = beyond.Fields & told } } };
    }

    private static uint Bits(RegisterSchema schema, IReadOnlyList<string> fields)
    {
        uint bits = 0;
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if (fields.Contains(schema.Fields[i].Name)) bits |= 1u << i;
        }

        return bits;
    }
}
