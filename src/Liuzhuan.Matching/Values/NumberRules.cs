namespace Liuzhuan.Matching.Values;

/// <summary>Dated facts on which the validity of a citizen number depends; parameters, because not all of them are sourced.</summary>
public sealed class NumberRules
{
    /// <summary>The shipped facts (data/codes).</summary>
    public static NumberRules Default => throw new NotSupportedException("values");
}
