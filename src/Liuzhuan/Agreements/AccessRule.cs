using Liuzhuan.Agreements.Contract;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Agreements;

/// <summary>May this client ask this fact for this purpose about these fields, now? Pure; nothing that is not granted is allowed.</summary>
internal static class AccessRule
{
    public static readonly Refusal FactNotGranted = new("access.fact-not-granted",
        "贵单位没有核验这一事实的授权。请核对事实代码，或向共享平台管理员申请。",
        "Your agency has no access to this fact. Check the fact's code, or apply to the administrator of this service.", StatusCodes.Status403Forbidden);

    public static readonly Refusal PurposeNotGranted = new("access.purpose-not-granted",
        "贵单位可以核验这一事实，但不能用于这一用途。请核对 purpose，或为这一用途另行申请。",
        "Your agency may ask this fact, but not for this purpose. Check \"purpose\", or apply for this purpose.", StatusCodes.Status403Forbidden);

    public static readonly Refusal NotInForce = new("access.not-in-force",
        "贵单位的这项授权尚未生效或已经到期。请申请续期。",
        "Your agency's access to this fact is not in force: it has not begun or has ended. Apply for its renewal.", StatusCodes.Status403Forbidden);

    public static Refusal FieldsNotGranted(IEnumerable<string> fields) => new("access.field-not-granted",
        $"授权不包含这些比对项：{string.Join("、", fields)}。请去掉后重试，或申请增加。",
        $"The access does not cover these fields: {string.Join(", ", fields)}. Leave them out, or apply for them.", StatusCodes.Status403Forbidden);

    /// <summary>The grant that covers the question, or the nearest reason why none does.</summary>
    public static Result<AccessGrant> Decide(IReadOnlyList<AccessGrant> grants, string fact, string purpose, IEnumerable<string> fields, DateTimeOffset now)
    {
        Refusal nearest = FactNotGranted;
        foreach (var grant in grants)
        {
            if (grant.Fact != fact) continue;
            if (grant.Purpose != purpose)
            {
                if (nearest == FactNotGranted) nearest = PurposeNotGranted;
            }
            else if (now < grant.ValidFrom || now >= grant.ValidTo)
            {
                if (nearest == FactNotGranted || nearest == PurposeNotGranted) nearest = NotInForce;
            }
            else if (fields.Where(field => !grant.Fields.Contains(field)).ToList() is { Count: > 0 } beyond)
            {
                nearest = FieldsNotGranted(beyond);
            }
            else
            {
                return grant;
            }
        }

        return nearest;
    }
}
