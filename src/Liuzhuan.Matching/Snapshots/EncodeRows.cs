using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Second pass: encodes each usable row into a record of fixed size, sorted roughly into partitions. One per thread.</summary>
internal sealed class EncodeRows : RegisterCsv.IRowVisitor
{
    private readonly RegisterSchema _schema;
    private readonly BuildColumns _columns;
    private readonly KeyReader _keys;
    private readonly RowKey _key;
    private readonly BuildPlan _plan;
    private readonly FieldWriter?[] _writers;
    private readonly Column[] _encoded;
    private readonly int _width, _superseded, _former, _keyTextBit, _partitionShift;
    private readonly RecordStore.Writer _records;
    private readonly IReadOnlySet<(int Chunk, int Line)> _notText;
    private readonly ArrayBufferWriter<byte> _sideText = new();
    private readonly int _coldWords;
    private readonly byte[] _record;
    private ulong[] _values = [], _scattered = [], _rests = [], _cold = [];

    public EncodeRows(RegisterSchema schema, BuildColumns columns, KeyReader keys, BuildPlan plan, int width, RecordStore.Writer records, IReadOnlySet<(int Chunk, int Line)> notText)
    {
        _notText = notText;
        (_schema, _columns, _keys, _key, _plan, _width, _records) = (schema, columns, keys, new RowKey(schema, columns, keys), plan, width, records);
        _writers = [.. plan.Codecs.Select(codec => codec.Layout.Form == FieldForm.Absent ? null : new FieldWriter(codec, plan.Heap))];
        _encoded = [.. Enumerable.Range(0, _writers.Length).Where(i => columns.Fields[i] >= 0 && _writers[i] is not null).Select(i => new Column(columns.Fields[i], plan.Layout.Fields[i], _writers[i]!))];
        (_superseded, _former) = (ColumnOf(FieldRole.SupersededBy), ColumnOf(FieldRole.FormerValues));
        _keyTextBit = keys.IsWide ? plan.Layout.KeyText.ColdBit : 0;
        _partitionShift = plan.KeyBits - RecordStore.PartitionBits;
        _coldWords = plan.ColdStride / 8 + 2;
        _record = new byte[RecordStore.PrefixBytes + _coldWords * 8];
        Room(1);
    }

    /// <summary>Scattered key and text of every record that is replaced or has former values.</summary>
    public SideRecords Side { get; } = new();

    public int Chunk { get; set; }

    public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
    {
        if (!isWellFormed || cells.Length > _width || _notText.Contains((Chunk, lineInChunk)) || _key.Read(block, cells, out var key, out var text, out var status) is not null) return;
        Begin(0, key, status);
        foreach (var column in _encoded) Put(0, column, column.Writer.Encode(ScanRows.Cell(block, cells, column.Index)));
        if (_keys.IsWide) Put(_cold, _keyTextBit, (ulong)_plan.Heap[text] + 1);
        Finish(0, block, cells, ScanRows.Cell(block, cells, _superseded), ScanRows.Cell(block, cells, _former));
    }

    // Column by column: a row at a time would go through all kinds of fields for each.
    public void Rows(RowBatch rows, int firstLine)
    {
        var skipped = rows.Skipped;
        Room(skipped.Length);
        for (var row = 0; _notText.Count > 0 && row < skipped.Length; row++) skipped[row] = _notText.Contains((Chunk, firstLine + row));
        for (var row = 0; row < skipped.Length; row++)
        {
            if (skipped[row]) continue;
            if (_key.Read(rows, row, out var key, out var text, out var status) is not null)
            {
                skipped[row] = true;
                continue;
            }

            Begin(row, key, status);
            if (_keys.IsWide) Put(_cold.AsSpan(row * _coldWords), _keyTextBit, (ulong)_plan.Heap[text] + 1);
        }

        foreach (var column in _encoded)
        {
            column.Writer.Encode(rows, column.Index, _values);
            for (var row = 0; row < skipped.Length; row++) Put(row, column, _values[row]);
        }

        for (var row = 0; row < skipped.Length; row++)
        {
            if (!skipped[row]) Finish(row, rows.Block, default, rows.Cell(row, _superseded), rows.Cell(row, _former), rows);
        }
    }

    private void Room(int rows)
    {
        if (_values.Length >= rows) return;
        (_values, _scattered, _rests, _cold) = (new ulong[rows * 2], new ulong[rows * 2], new ulong[rows * 2], new ulong[rows * 2 * _coldWords]);
    }

    private void Begin(int row, ulong key, RecordStatus status)
    {
        _scattered[row] = key;
        if (_plan.Keys is not null && !_plan.Keys.TryScatter(key, out _scattered[row])) throw new InvalidOperationException("A key of the second pass was not seen in the first.");
        _rests[row] = (ulong)status << TableLayout.StatusShift;
        _cold.AsSpan(row * _coldWords, _coldWords).Clear();
    }

    private void Put(int row, Column column, ulong value)
    {
        if (column.IsHot) _rests[row] |= value << column.Bit;
        else Put(_cold.AsSpan(row * _coldWords), column.Bit, value);
    }

    // Whole words, so that the next field's load finds what this one stored.
    private static void Put(Span<ulong> cold, int bit, ulong value)
    {
        var word = bit >> 6;
        cold[word] |= value << bit;
        if ((bit & 63) != 0) cold[word + 1] |= value >> -bit;
    }

    private void Finish(int row, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, ReadOnlySpan<byte> superseded, ReadOnlySpan<byte> former, RowBatch? rows = null)
    {
        var rest = _rests[row];
        var scattered = _scattered[row];
        if (!superseded.IsEmpty) rest |= TableLayout.SupersededFlag;
        if (!former.IsEmpty) rest |= TableLayout.SideFlag;
        BinaryPrimitives.WriteUInt64LittleEndian(_record, scattered);
        BinaryPrimitives.WriteUInt64LittleEndian(_record.AsSpan(8), rest);
        var cold = _cold.AsSpan(row * _coldWords, _coldWords);
        for (var i = 0; i < cold.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(_record.AsSpan(RecordStore.PrefixBytes + i * 8), cold[i]);
        _records.Add((int)(scattered >> _partitionShift), _record);
        if (!superseded.IsEmpty || !former.IsEmpty) AddSide(scattered, rest, block, rows is null ? cells : rows.Cells(row));
    }

    private int ColumnOf(FieldRole role) => _schema.IndexOf(role) is >= 0 and var field ? _columns.Fields[field] : -1;

    private void AddSide(ulong scattered, ulong rest, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells)
    {
        _sideText.ResetWrittenCount();
        var status = (RecordStatus)(rest >> TableLayout.StatusShift);
        for (var i = 0; i < _schema.Fields.Count; i++)
        {
            var cell = ScanRows.Cell(block, cells, _columns.Fields[i]);
            if (_writers[i] is { } writer) writer.WriteText(cell, writer.Encode(cell), _sideText);
            else if (_schema.Fields[i].Role == FieldRole.FormerValues) StoredRecord.WriteText(_sideText, cell);
            else StoredRecord.WriteText(_sideText, StoredValues.Canonical(_schema.Fields[i], _plan.Codecs[i].Comparer, Encoding.UTF8.GetString(cell), status, _keys));
        }

        Side.Add(scattered, _sideText.WrittenSpan);
    }

    /// <summary>One encoded field: its column in the file and its place in the record.</summary>
    private sealed class Column(int index, FieldLayout layout, FieldWriter writer)
    {
        public readonly int Index = index;
        public readonly bool IsHot = layout.IsHot;
        public readonly int Bit = layout.IsHot ? layout.Shift : layout.ColdBit;
        public readonly FieldWriter Writer = writer;
    }
}
