using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching;

/// <summary>Which input columns hold the key and which hold fields to compare. A row reaches the kernel as one cell per slot: the keys, then the asked fields in schema order.</summary>
public sealed class QuestionPlan
{
    private readonly int[] _columns;
    private readonly int[] _fields;

    /// <param name="schema">The register's schema.</param>
    /// <param name="keyColumns">Input column (from 0) of each schema key.</param>
    /// <param name="fieldColumns">For each schema field its input column, or -1 when the file does not ask it.</param>
    public QuestionPlan(RegisterSchema schema, int[] keyColumns, int[] fieldColumns)
    {
        if (keyColumns.Length != schema.Keys.Count) throw new ArgumentException("One column for each key is needed.", nameof(keyColumns));
        if (fieldColumns.Length != schema.Fields.Count) throw new ArgumentException("One entry for each schema field is needed.", nameof(fieldColumns));
        Schema = schema;
        var (fields, columns) = (new List<int>(), new List<int>());
        foreach (var column in keyColumns) columns.Add(column);
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if (fieldColumns[i] < 0 || schema.Fields[i].Comparer == "none" || schema.Fields[i].Role != FieldRole.None) continue;
            fields.Add(i);
            columns.Add(fieldColumns[i]);
        }

        (_fields, _columns) = (fields.ToArray(), columns.ToArray());
    }

    public RegisterSchema Schema { get; }

    /// <summary>Input column of each slot.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>Schema field index of each slot after the keys.</summary>
    public ReadOnlySpan<int> Fields => _fields;

    public int KeyCount => Schema.Keys.Count;

    public int SlotCount => _columns.Length;
}

/// <summary>Where a cell's text lies in a block of bytes, quotes already taken off.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; 0 for an empty or absent cell.</param>
public readonly record struct CellRange(int Start, int Length);

/// <summary>The encoding of cell bytes that the kernel reads directly; other encodings are turned into UTF-8 before.</summary>
public enum CellCoding : byte
{
    Utf8,
    Gb18030,
}
