namespace Liuzhuan.Matching;

/// <summary>What an answer may say. Agreements will supply narrower ones; the command line uses <see cref="Full"/>.</summary>
/// <param name="Fields">Bit i set: the i-th schema field may be compared and named.</param>
/// <param name="Notes">Notes about the record that may be told; notes about the question itself (normalised, upgraded) always may.</param>
/// <param name="AnswerSuperseded">False: a superseded number is answered as not in register.</param>
public sealed record DisclosurePolicy(uint Fields, Notes Notes, bool AnswerSuperseded)
{
    /// <summary>Everything the schema allows.</summary>
    public static readonly DisclosurePolicy Full = new(uint.MaxValue, (Notes)0xFF, AnswerSuperseded: true);
}
