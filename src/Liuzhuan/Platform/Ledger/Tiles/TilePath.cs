using System.Globalization;

namespace Liuzhuan.Platform.Ledger.Tiles;

/// <summary>The place of a tile of the tree or of a bundle of entries (C2SP tlog-tiles): up to 256 hashes or entries under one name.</summary>
/// <param name="Level">0 to 63; <see cref="Entries"/> for a bundle.</param>
/// <param name="Number">Its index among the tiles of the level.</param>
/// <param name="Width">How many it holds: 256 when full, 1 to 255 at the growing end.</param>
internal readonly record struct TilePath(int Level, long Number, int Width)
{
    public const int Full = 256, Height = 8, Entries = -1;

    private const int MostLevels = 64, Group = 1000;

    /// <summary>The first of the entries or hashes of its level that it holds.</summary>
    public long First => Number * Full;

    /// <summary>The tiles of one level that a tree of <paramref name="size"/> leaves has, the growing one last.</summary>
    public static TilePath? Growing(int level, long size)
    {
        var hashes = level == Entries ? size : size >> (Height * level);
        return hashes % Full == 0 ? null : new TilePath(level, hashes / Full, (int)(hashes % Full));
    }

    /// <summary>How many full tiles a level of a tree has.</summary>
    public static long FullTiles(int level, long size) => (level == Entries ? size : size >> (Height * level)) / Full;

    /// <summary>The same tile when it is full.</summary>
    public TilePath AsFull() => this with { Width = Full };

    /// <summary><c>tile/0/x001/x234/067</c>, <c>tile/entries/000.p/12</c>.</summary>
    public override string ToString()
    {
        var number = (Number % Group).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = Number / Group; rest > 0; rest /= Group) number = $"x{rest % Group:000}/{number}";
        var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return Width == Full ? $"tile/{level}/{number}" : $"tile/{level}/{number}.p/{Width}";
    }

    /// <summary>Reads the one spelling that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out TilePath path)
    {
        path = default;
        if (text.Length > 80 || text.Split('/') is not ["tile", var levelText, .. var rest] || rest.Length == 0) return false;
        var level = levelText == "entries" ? Entries : -2;
        if (level != Entries && !(int.TryParse(levelText, NumberStyles.None, CultureInfo.InvariantCulture, out level) && level < MostLevels)) return false;
        var width = Full;
        if (rest is [.., var name, var widthText] && name.EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(widthText, NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is 0 or >= Full) return false;
            rest = [.. rest[..^2], name[..^2]];
        }

        if (rest.Length > 6) return false;
        var number = 0L;
        foreach (var part in rest)
        {
            var digits = part.StartsWith('x') ? part[1..] : part;
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
            number = number * Group + value;
        }

        path = new TilePath(level, number, width);
        return path.ToString() == text;
    }
}
