using System.Globalization;
using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>
/// Normalisation form C (UAX #15) from tables of our own (data/codes/compositions.csv, combining_classes.csv), because a process without culture
/// has none. Read at the first name that may need them.
/// </summary>
internal static class CanonicalComposition
{
    /// <summary>Below this no character has a class, goes together with one before it, or has only a decomposed form.</summary>
    public const int First = 0x300;

    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private static readonly Lazy<Tables> Shipped = new(() => new Tables());

    /// <summary>The text in form C.</summary>
    public static string Compose(ReadOnlySpan<char> text)
    {
        var tables = Shipped.Value;
        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, tables, characters);
        Order(characters, tables);
        Join(characters, tables);
        var composed = new StringBuilder(characters.Count);
        foreach (var character in characters) composed.Append(new Rune(character));
        return composed.ToString();
    }

    private static void Decompose(int character, Tables tables, List<int> to)
    {
        var syllable = character - SyllableBase;
        if ((uint)syllable < Syllables)
        {
            to.Add(LeadBase + syllable / (Vowels * Tails));
            to.Add(VowelBase + syllable / Tails % Vowels);
            if (syllable % Tails != 0) to.Add(TailBase + syllable % Tails);
        }
        else if (tables.Parts.TryGetValue(character, out var parts))
        {
            Decompose(parts.First, tables, to);
            if (parts.Second != 0) Decompose(parts.Second, tables, to);
        }
        else
        {
            to.Add(character);
        }
    }

    /// <summary>Marks that stand on one base are put in the order of their classes; those of one class keep theirs.</summary>
    private static void Order(List<int> characters, Tables tables)
    {
        for (var from = 0; from < characters.Count; from++)
        {
            if (tables.ClassOf(characters[from]) == 0) continue;
            var to = from + 1;
            while (to < characters.Count && tables.ClassOf(characters[to]) != 0) to++;
            // A cell may hold nothing but marks: their order must not cost the square of their number.
            if (to - from > 1)
            {
                var at = from;
                foreach (var mark in characters[from..to].OrderBy(tables.ClassOf).ToArray()) characters[at++] = mark;
            }

            from = to;
        }
    }

    /// <summary>Each mark goes into the base before it, unless one between them is of its class or a higher one.</summary>
    private static void Join(List<int> characters, Tables tables)
    {
        int kept = 0, start = -1, last = 0;
        foreach (var character in characters.ToArray())
        {
            var its = tables.ClassOf(character);
            var isBlocked = start < 0 || kept - 1 > start && last >= its;
            if (!isBlocked && Pair(characters[start], character, tables) is > 0 and var composed)
            {
                characters[start] = composed;
                continue;
            }

            if (its == 0) start = kept;
            last = its;
            characters[kept++] = character;
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }

    private static int Pair(int first, int second, Tables tables)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - SyllableBase, tail = second - TailBase;
        if ((uint)lead < Leads && (uint)vowel < Vowels) return SyllableBase + (lead * Vowels + vowel) * Tails;
        if ((uint)syllable < Syllables && syllable % Tails == 0 && tail is > 0 and < Tails) return first + tail;
        return tables.Pairs.GetValueOrDefault((first, second));
    }

    private sealed class Tables
    {
        public readonly Dictionary<int, (int First, int Second)> Parts = [];
        public readonly Dictionary<(int First, int Second), int> Pairs = [];
        private readonly Dictionary<int, int> classes = [];

        public Tables()
        {
            foreach (var row in EmbeddedData.Rows("codes/compositions.csv"))
            {
                var (composed, first, second) = (Hex(row[0]), Hex(row[1]), row[2].Length == 0 ? 0 : Hex(row[2]));
                Parts.Add(composed, (first, second));
                if (row[3] == "pair") Pairs.Add((first, second), composed);
            }

            foreach (var row in EmbeddedData.Rows("codes/combining_classes.csv"))
            {
                for (var character = Hex(row[0]); character <= Hex(row[1]); character++) classes.Add(character, int.Parse(row[2], CultureInfo.InvariantCulture));
            }
        }

        public int ClassOf(int character) => character < First ? 0 : classes.GetValueOrDefault(character);

        private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
