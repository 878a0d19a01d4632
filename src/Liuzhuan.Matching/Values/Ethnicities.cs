namespace Liuzhuan.Matching.Values;

/// <summary>The ethnic groups of GB/T 3304 with the two codes that registers add (data/codes/ethnicities.csv).</summary>
public sealed class Ethnicities
{
    private static readonly Lazy<Ethnicities> Shipped = new(() => new Ethnicities());

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> codes;

    private Ethnicities()
    {
        var words = new Dictionary<string, string>();
        foreach (var row in EmbeddedData.Rows("codes/ethnicities.csv"))
        {
            var (code, letters, name) = (row[0], row[1], row[2]);
            words.Add(code, code);
            if (code[0] == '0') words.Add(code[1..], code);
            if (letters.Length > 0) words.Add(letters, code);
            words.Add(name, code);
            if (name.EndsWith('族')) words.Add(name[..^1], code);
            foreach (var alias in row[4].Split('|', StringSplitOptions.RemoveEmptyEntries)) words.Add(alias, code);
        }

        codes = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static Ethnicities Default => Shipped.Value;

    /// <summary>The two digits for a code, letters in upper case, or a name with or without 族; null if there is no such group.</summary>
    public string? Find(ReadOnlySpan<char> text) => codes.TryGetValue(text, out var code) ? code : null;
}
