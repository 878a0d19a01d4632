using System.Buffers;
using System.Text;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>A field whose values the first pass learns.</summary>
/// <param name="Index">Its place in the schema.</param>
/// <param name="Column">Its column in the file.</param>
/// <param name="Drafted">Its column in the draft.</param>
/// <param name="Values">What one thread learned.</param>
internal sealed record LearnedField(int Index, int Column, int Drafted, FieldCollector Values);

/// <summary>Makes the text of records that one entry cannot say, as <see cref="StoredRecord"/> reads it. One per thread.</summary>
internal sealed class SideText(RegisterSchema schema, BuildColumns columns, KeyReader keys, LearnedField[] learned)
{
    private readonly LearnedField?[] _learned = [.. Enumerable.Range(0, schema.Fields.Count).Select(i => learned.FirstOrDefault(field => field.Index == i))];
    private readonly IFieldComparer[] _comparers = [.. schema.Fields.Select(field => FieldComparers.Get(field.Comparer))];
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>The text of a row drafted as row number <paramref name="row"/> of those to be taken next; valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Draft draft, int row, RecordStatus status)
    {
        _text.ResetWrittenCount();
        for (var i = 0; i < _learned.Length; i++)
        {
            var cell = ScanRows.Cell(block, cells, columns.Fields[i]);
            var role = schema.Fields[i].Role;
            if (_learned[i] is { } field) field.Values.WriteText(cell, draft.Column(field.Drafted)[row], _text);
            else if (role == FieldRole.FormerValues || IsOwnText(role, cell)) StoredRecord.WriteText(_text, cell);
            else StoredRecord.WriteText(_text, StoredValues.Canonical(schema.Fields[i], _comparers[i], Encoding.UTF8.GetString(cell), status, keys));
        }

        return _text.WrittenSpan;
    }

    // A clean number is its own canonical text, and one that is none stays as it stands.
    private bool IsOwnText(FieldRole role, ReadOnlySpan<byte> cell) => role == FieldRole.SupersededBy && (cell.IsEmpty || keys.Fast is { } fast && fast.TryPack(cell, out _));
}
