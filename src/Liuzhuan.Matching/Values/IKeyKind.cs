namespace Liuzhuan.Matching.Values;

/// <summary>A kind of key: how a cell is read into its canonical text, and how that text packs into a small integer where it can.</summary>
public interface IKeyKind
{
    /// <summary>The name by which schemas refer to it.</summary>
    string Name { get; }

    /// <summary>True when every canonical text packs, reversibly, into fewer than 2^48.</summary>
    bool Packs { get; }

    /// <summary>Reads a cell as people write it. Returns the first failure, or <see cref="Reasons.None"/> with the canonical text and what was done to get it.</summary>
    Reasons Read(ReadOnlySpan<char> cell, in KeyContext context, out string canonical, out Notes notes);

    /// <summary>The packed form of a canonical text. Only when <see cref="Packs"/>.</summary>
    ulong Pack(string canonical);

    /// <summary>The canonical text of a packed form. Only when <see cref="Packs"/>.</summary>
    string Unpack(ulong packed);
}

/// <summary>What the validity of a number depends on besides its characters.</summary>
/// <param name="AsOf">The last day a date inside a number may name.</param>
/// <param name="Rules">Which divisions and prefixes are known.</param>
/// <param name="CellsAreTyped">The cell was known to hold text, as in a workbook: 18 digits that end in 000 then were written so, not rounded by a spreadsheet.</param>
public readonly record struct KeyContext(DateOnly AsOf, NumberRules Rules, bool CellsAreTyped = false);
