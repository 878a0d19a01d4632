namespace Liuzhuan.Matching;

/// <summary>What an answer may say. Agreements and permissions supply narrower ones; the command line uses <see cref="Full"/>.</summary>
/// <param name="Fields">Bit i set: the i-th schema field may be compared and named.</param>
/// <param name="Notes">Notes about the record that may be told; notes about the question itself (normalised, upgraded) always may.</param>
/// <param name="AnswerSuperseded">False: a superseded number is answered as not in register.</param>
public sealed record DisclosurePolicy(uint Fields, Notes Notes, bool AnswerSuperseded)
{
    /// <summary>Everything the schema allows.</summary>
    public static readonly DisclosurePolicy Full = new(uint.MaxValue, (Notes)0xFF, AnswerSuperseded: true);

    /// <summary>Each answer names what was filled in and not compared for want of <see cref="Fields"/>; where it is not told with the answer, it is told of the whole file.</summary>
    public bool TellsLeftOut { get; init; }

    /// <summary>For whom this policy holds; null for everybody.</summary>
    public Jurisdiction? Within { get; init; }
}

/// <summary>Where whoever asks is competent, and what may be said of those who live elsewhere. Somebody who is not in the register lives elsewhere.</summary>
/// <param name="Field">The schema field that holds the division of a person's residence.</param>
/// <param name="Prefix">The leading digits of the divisions (GB/T 2260) within.</param>
/// <param name="Beyond">What may be said of the others; null for nothing, not even whether there is a record.</param>
public sealed record Jurisdiction(int Field, string Prefix, DisclosurePolicy? Beyond)
{
    /// <summary>The digits that the codes of a division and of all below it begin with: 22 for 220000, 2201 for 220100.</summary>
    public static string PrefixOf(string division) => division.EndsWith("0000", StringComparison.Ordinal) ? division[..^4] : division.EndsWith("00", StringComparison.Ordinal) ? division[..^2] : division;
}
