using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>A limit as a provision sets it: how long, what may lengthen it, when to warn. Data, dated; a clock keeps the rule it was started under.</summary>
internal sealed record ClockRule
{
    /// <summary>Stable code, for example <c>permit-decide</c>.</summary>
    public required string Id { get; init; }

    public required Text Name { get; init; }

    public required Limit Limit { get; init; }

    /// <summary>Law and article.</summary>
    public required string Provision { get; init; }

    /// <summary>By how much it may be extended in all; null when it may not.</summary>
    public Limit? Extension { get; init; }

    /// <summary>Who must approve an extension; null when nobody is named.</summary>
    public Text? ExtensionApprover { get; init; }

    /// <summary>True when a last day that is not worked moves to the next one that is (civil code article 203).</summary>
    public bool Rolls { get; init; } = true;

    /// <summary>How long before the end to warn: working days, or hours for a limit in hours.</summary>
    public int WarnBefore { get; init; } = 1;

    public DateOnly ValidFrom { get; init; } = new(1950, 1, 1);

    /// <summary>Exclusive; null for no end.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Where the figures were read.</summary>
    public string Source { get; init; } = "";

    /// <summary>False for figures that were not seen in the provision itself.</summary>
    public bool IsVerified { get; init; }

    public bool CountsHours => Limit.Unit == LimitUnit.Hours;
}
