namespace Liuzhuan.Exchange.Workbench;

/// <summary>What a window officer asks about the person at the counter.</summary>
internal sealed record PersonQuestion
{
    /// <summary>No field of a document is longer.</summary>
    public const int LongestValue = 100;

    public string Purpose { get; init; } = "";

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Further fields, by their names in the register; only what was filled in.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Fields that a form offers beside the name, in its order.</summary>
    public static IReadOnlyList<string> Optional { get; } = ["sex", "birth_date", "ethnicity", "division"];

    public bool IsTooLong => Number.Length > LongestValue || Name.Length > LongestValue || Values.Values.Any(value => value.Length > LongestValue);

    /// <summary>The number as a screen that others can see may show it.</summary>
    public string Masked => Number.Trim() is { Length: > 10 } number ? $"{number[..6]}{new string('*', number.Length - 10)}{number[^4..]}" : "";

    /// <summary>Names no one, whoever prints it.</summary>
    public override string ToString() => $"question for {Purpose}";
}
