namespace Liuzhuan.Matching.Values;

/// <summary>How a compared field is kept in a snapshot.</summary>
public enum FieldStorage : byte
{
    /// <summary>Short character strings, packed character by character; long or rare ones in the string heap.</summary>
    Name,

    /// <summary>A value among few: an index into the sorted distinct values.</summary>
    Dictionary,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>Free text with many distinct values: string heap.</summary>
    Text,
}

/// <summary>What became of reading one question cell.</summary>
public enum ReadingKind : byte
{
    /// <summary>Nothing but white space: not asked.</summary>
    Empty,

    /// <summary>A value to compare.</summary>
    Value,

    /// <summary>Not a form this comparer knows: the field is not compared, with the note <c>not_compared_FIELD</c>.</summary>
    Unreadable,

    /// <summary>A form that makes the whole question invalid (damaged name).</summary>
    Invalid,
}

/// <summary>A question cell as a comparer understood it.</summary>
/// <param name="Kind">Empty, a value, unreadable or invalid.</param>
/// <param name="Canonical">The canonical text of a value.</param>
/// <param name="Changed">The canonical text differs from the cell as written.</param>
/// <param name="Alternatives">Where a cell names several values (a division name used in two places, or the numbers that a division had): all of them, the first being <paramref name="Canonical"/>.</param>
public readonly record struct FieldReading(ReadingKind Kind, string Canonical, bool Changed, IReadOnlyList<string>? Alternatives = null)
{
    public static readonly FieldReading Empty = new(ReadingKind.Empty, "", false);
    public static readonly FieldReading Unreadable = new(ReadingKind.Unreadable, "", false);
    public static readonly FieldReading Invalid = new(ReadingKind.Invalid, "", false);
}

/// <summary>How one kind of field is read and compared. Two values are equal exactly when their canonical texts are.</summary>
public interface IFieldComparer
{
    /// <summary>The name by which schemas refer to it.</summary>
    string Name { get; }

    FieldStorage Storage { get; }

    /// <summary>Reads a value for the register. An empty cell gives an empty text; false when the value cannot be understood.</summary>
    bool TryReadStored(ReadOnlySpan<char> cell, out string canonical);

    /// <summary>Reads a question cell as people write it.</summary>
    FieldReading Read(ReadOnlySpan<char> cell);

    /// <summary>Do two differing canonical texts differ only by simplified/traditional or variant characters? Always false except for names.</summary>
    bool AreVariants(string asked, string stored);

    /// <summary>
    /// Does a cell that does not equal the stored text leave open whether it is right, because it names a larger place in which the stored one may lie?
    /// The field is then not compared. Always false except for divisions.
    /// </summary>
    bool LeavesOpen(in FieldReading asked, string stored) => false;
}
