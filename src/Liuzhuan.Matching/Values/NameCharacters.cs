using System.Globalization;

namespace Liuzhuan.Matching.Values;

/// <summary>What each character is worth in a name: a table over the UTF-16 units, and the forms that stand for another character.</summary>
internal static class NameCharacters
{
    /// <summary>The interpunct of names of ethnic minorities (民委发〔2016〕33号): U+00B7 only.</summary>
    public const char Interpunct = '\u00B7';

    private static readonly Dictionary<int, int> Forms = ReadForms();
    private static readonly byte[] Kinds = FillKinds();

    /// <summary>Characters typed for the interpunct, whatever stands beside them.</summary>
    private const string InterpunctLookalikes = "\u0387\u2022\u2024\u2027\u2219\u22C5\u2E31\u30FB\uA78F\uFF0E\uFF65";

    /// <summary>What stands where a character was lost or hidden: never a name.</summary>
    private const string Placeholders = "?*\uFF1F\uFF0A\uFFFD\u25A0\u25A1\u3013\uFE56\uFE61";

    public static NameCharacterKind KindOf(char unit) => (NameCharacterKind)Kinds[unit];

    /// <summary>Whether that is <see cref="NameCharacterKind.Plain"/>, told without the table, which takes a while to make: no plain character is another form of one.</summary>
    public static bool IsPlain(char unit) => unit == Interpunct || IsHan(unit);

    /// <summary>The kind of a code point beyond the basic plane.</summary>
    public static NameCharacterKind KindOfSupplementary(int codePoint) => codePoint switch
    {
        >= 0xE0100 and <= 0xE01EF => NameCharacterKind.Dropped,
        _ when (codePoint & 0xFFFE) == 0xFFFE => NameCharacterKind.Damaged,
        >= 0x20000 and <= 0x3FFFF => Forms.ContainsKey(codePoint) ? NameCharacterKind.OtherForm : NameCharacterKind.Plain,
        _ => NameCharacterKind.Composing,
    };

    /// <summary>The character that <paramref name="codePoint"/> is another form of, or itself.</summary>
    public static int Canonical(int codePoint) => Forms.TryGetValue(codePoint, out var canonical) ? canonical : codePoint;

    private static byte[] FillKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            kinds[unit] = (byte)Classify((char)unit);

            // Nothing to find out about the great blocks: ideographs, Hangul, private use.
            if (unit is '\u3400' or '\u4E00' or '\uAC00' or '\uE000')
            {
                var end = unit switch { '\u3400' => 0x4DBF, '\u4E00' => 0x9FFF, '\uAC00' => 0xD7A3, _ => 0xF8FF };
                kinds.AsSpan(unit..(end + 1)).Fill(kinds[unit]);
                unit = end;
            }
        }

        foreach (var form in Forms.Keys)
        {
            if (form <= char.MaxValue) kinds[form] = (byte)NameCharacterKind.OtherForm;
        }

        return kinds;
    }

    private static NameCharacterKind Classify(char unit)
    {
        if (Placeholders.Contains(unit)) return NameCharacterKind.Damaged;
        if (InterpunctLookalikes.Contains(unit)) return NameCharacterKind.InterpunctLookalike;
        if (unit == Interpunct) return NameCharacterKind.Plain;
        if (unit is '.' or '\uFE52') return NameCharacterKind.FullStop;
        if (IsHan(unit)) return NameCharacterKind.Plain;
        if (TextFolding.IsBlank(unit)) return NameCharacterKind.Dropped;
        if (char.IsSurrogate(unit)) return NameCharacterKind.Surrogate;
        if (char.IsControl(unit) || unit >= 0xFFFE || unit is >= '\uFDD0' and <= '\uFDEF') return NameCharacterKind.Damaged;
        if (char.GetUnicodeCategory(unit) == UnicodeCategory.Format) return NameCharacterKind.Dropped;
        if (MayCompose(unit)) return NameCharacterKind.Composing;
        return char.ToUpperInvariant(TextFolding.Narrow(unit)) != unit ? NameCharacterKind.Folded : NameCharacterKind.Kept;
    }

    /// <summary>All that composition may change, and more: what people in China write every day is not among it.</summary>
    private static bool MayCompose(char unit) => unit >= CanonicalComposition.First && unit is not ((>= '\uAC00' and <= '\uD7A3') or (>= '\uE000' and <= '\uF8FF') or (>= '\uFF00' and <= '\uFFEF'));

    /// <summary>Unified ideographs of the basic plane, with 々, 〇 and the twelve that stand among the compatibility ideographs.</summary>
    private static bool IsHan(char unit) => unit is '\u3005' or '\u3007' or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF')
        or '\uFA0E' or '\uFA0F' or '\uFA11' or '\uFA13' or '\uFA14' or '\uFA1F' or '\uFA21' or '\uFA23' or '\uFA24' or (>= '\uFA27' and <= '\uFA29');

    private static Dictionary<int, int> ReadForms()
    {
        var forms = new Dictionary<int, int>();
        foreach (var row in EmbeddedData.Rows("names/character_forms.csv"))
        {
            forms.Add(int.Parse(row[0], NumberStyles.HexNumber), int.Parse(row[1], NumberStyles.HexNumber));
        }

        return forms;
    }
}

/// <summary>What becomes of a character of a name.</summary>
internal enum NameCharacterKind : byte
{
    /// <summary>Left as it is, though no Han character.</summary>
    Kept,

    /// <summary>Left as it is whatever its neighbours: plain Han characters and the interpunct.</summary>
    Plain,

    /// <summary>White space, or without a shape of its own.</summary>
    Dropped,

    /// <summary>Has a narrow or upper-case form.</summary>
    Folded,

    /// <summary>A combining mark, or another character of which composition may make something else.</summary>
    Composing,

    /// <summary>Another form of a character (compatibility ideographs, radicals, moved private-use code points).</summary>
    OtherForm,

    /// <summary>Typed for the interpunct.</summary>
    InterpunctLookalike,

    /// <summary>An interpunct between Chinese characters, otherwise itself.</summary>
    FullStop,

    /// <summary>Half of a supplementary character.</summary>
    Surrogate,

    /// <summary>A placeholder or a control character: the name is damaged.</summary>
    Damaged,
}
