using System.Buffers.Binary;
using System.Text;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Which column of a register file holds what.</summary>
internal sealed class BuildColumns
{
    private BuildColumns(int[] keys, int[] fields) => (Keys, Fields) = (keys, fields);

    public int[] Keys { get; }

    /// <summary>Column of each schema field, or -1.</summary>
    public int[] Fields { get; }

    /// <exception cref="RegisterException">input_columns: a key or required column is missing, or a column stands twice.</exception>
    public static BuildColumns Find(RegisterSchema schema, string[] header, string path, out List<string> unknown, out List<string> missing)
    {
        if (header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1 && group.Key.Length > 0) is { } twice)
            throw new RegisterException("input_columns", $"{path} names the column '{twice.Key}' {twice.Count()} times. Keep one of them.") { Detail = twice.Key };
        int[] keys = [.. schema.Keys.Select(key => Array.IndexOf(header, key.Name))];
        int[] fields = [.. schema.Fields.Select(field => Array.IndexOf(header, field.Name))];
        string[] lacking = [.. schema.Keys.Where((_, i) => keys[i] < 0).Select(key => key.Name), .. schema.Fields.Where((field, i) => field.Required && fields[i] < 0).Select(field => field.Name)];
        if (lacking.Length > 0)
            throw new RegisterException("input_columns", $"{path} lacks the column{(lacking.Length > 1 ? "s" : "")} {string.Join(", ", lacking)}; it has {string.Join(", ", header)}. Schema '{schema.Id}' needs {string.Join(", ", schema.Keys.Select(k => k.Name).Concat(schema.Fields.Select(f => f.Name)))}.") { Detail = string.Join(", ", lacking) };
        var known = schema.Keys.Select(key => key.Name).Concat(schema.Fields.Select(field => field.Name)).ToHashSet();
        unknown = [.. header.Where(name => !known.Contains(name))];
        missing = [.. schema.Fields.Where((_, i) => fields[i] < 0).Select(field => field.Name)];
        return new BuildColumns(keys, fields);
    }
}

/// <summary>A row that was not taken.</summary>
internal readonly record struct RejectedRow(int Chunk, int Line, string Reason, byte[] Text);

/// <summary>First pass over one thread's share of the rows: decides which are usable and learns the values of every field.</summary>
internal sealed class ScanRows : RegisterCsv.IRowVisitor
{
    private readonly RegisterSchema _schema;
    private readonly BuildColumns _columns;
    private readonly KeyReader _keys;
    private readonly int _width;
    private readonly int _status;
    private readonly CellRange[] _keyCells;

    public ScanRows(RegisterSchema schema, BuildColumns columns, KeyReader keys, int width, FieldCollector[] fields, FieldCollector? keyTexts)
    {
        (_schema, _columns, _keys, _width, Fields, KeyTexts) = (schema, columns, keys, width, fields, keyTexts);
        _status = schema.IndexOf(FieldRole.Status);
        _keyCells = new CellRange[keys.Count];
    }

    public FieldCollector[] Fields { get; }

    public FieldCollector? KeyTexts { get; }

    public List<RejectedRow> Rejected { get; } = [];

    public HashSet<uint> Highs { get; } = [];

    public ulong LowMin { get; private set; } = ulong.MaxValue;

    public ulong LowMax { get; private set; }

    public long Taken { get; private set; }

    public int Chunk { get; set; }

    private uint _lastHigh = uint.MaxValue;

    public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
    {
        var reason = Read(block, cells, isWellFormed, out var key, out var text);
        if (reason is not null)
        {
            Rejected.Add(new RejectedRow(Chunk, lineInChunk, reason, line.ToArray()));
            return;
        }

        Taken++;
        if (KeyTexts is not null) KeyTexts.See(Encoding.UTF8.GetBytes(text));
        else
        {
            var high = (uint)(key >> KeySpace.LowBits);
            if (high != _lastHigh) Highs.Add(_lastHigh = high);
            var low = key & (1UL << KeySpace.LowBits) - 1;
            LowMin = Math.Min(LowMin, low);
            LowMax = Math.Max(LowMax, low);
        }

        for (var i = 0; i < Fields.Length; i++)
        {
            if (_schema.Fields[i].Role == FieldRole.None) Fields[i].See(Cell(block, cells, _columns.Fields[i]));
        }
    }

    /// <summary>The cell of a column; empty when the column or the cell is absent.</summary>
    public static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int column) =>
        (uint)column < (uint)cells.Length ? block.Slice(cells[column].Start, cells[column].Length) : default;

    // Null when the row is usable, otherwise a stable reason.
    private string? Read(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, out ulong key, out string text)
    {
        (key, text) = (0, "");
        if (!isWellFormed) return "malformed_line";
        if (cells.Length > _width) return "row_too_long";
        for (var i = 0; i < _keyCells.Length; i++) _keyCells[i] = _columns.Keys[i] < cells.Length ? cells[_columns.Keys[i]] : default;
        var reason = _keys.IsWide ? _keys.ReadSlow(block, _keyCells, CellCoding.Utf8, out key, out text, out _) : _keys.Read(block, _keyCells, CellCoding.Utf8, out key, out text, out _);
        if (reason != Reasons.None) return reason.Codes().First();
        // A file without the column says nothing about anybody's status; that is reported with the missing columns.
        if (_status < 0 || _columns.Fields[_status] < 0) return null;
        return TryStatus(Cell(block, cells, _columns.Fields[_status]), out _) ? null : "status_unknown";
    }

    /// <summary>One of the four words. Neither nothing nor an unknown word is taken for any of them.</summary>
    public static bool TryStatus(ReadOnlySpan<byte> cell, out RecordStatus status)
    {
        status = RecordStatus.Active;
        if (cell.SequenceEqual("active"u8)) return true;
        return RecordStatusText.TryParse(Encoding.UTF8.GetString(cell), out status);
    }
}

/// <summary>Second pass: encodes each usable row into a fixed-size record, sorted roughly into partitions.</summary>
internal sealed class EncodeRows : RegisterCsv.IRowVisitor
{
    public const int Partitions = 256;
    public const int PrefixBytes = 16;

    private readonly RegisterSchema _schema;
    private readonly BuildColumns _columns;
    private readonly KeyReader _keys;
    private readonly BuildPlan _plan;
    private readonly FieldWriter[] _writers;
    private readonly int _width, _status, _superseded, _former;
    private readonly CellRange[] _keyCells;
    private readonly byte[] _record;

    public EncodeRows(RegisterSchema schema, BuildColumns columns, KeyReader keys, BuildPlan plan, int width)
    {
        (_schema, _columns, _keys, _plan, _width) = (schema, columns, keys, plan, width);
        _writers = [.. plan.Codecs.Select(codec => new FieldWriter(codec, plan.Heap))];
        (_status, _superseded, _former) = (schema.IndexOf(FieldRole.Status), schema.IndexOf(FieldRole.SupersededBy), schema.IndexOf(FieldRole.FormerValues));
        _keyCells = new CellRange[keys.Count];
        _record = new byte[RecordBytes(plan) + 8];
        Buffers = [.. Enumerable.Range(0, Partitions).Select(_ => new RecordBuffer())];
    }

    public RecordBuffer[] Buffers { get; }

    /// <summary>Scattered key and text of every record that is replaced or has former values.</summary>
    public List<(ulong Scattered, byte[] Record)> Side { get; } = [];

    public static int RecordBytes(BuildPlan plan) => PrefixBytes + plan.ColdStride;

    public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
    {
        if (!isWellFormed || cells.Length > _width) return;
        for (var i = 0; i < _keyCells.Length; i++) _keyCells[i] = _columns.Keys[i] < cells.Length ? cells[_columns.Keys[i]] : default;
        var reason = _keys.IsWide ? _keys.ReadSlow(block, _keyCells, CellCoding.Utf8, out var key, out var text, out _) : _keys.Read(block, _keyCells, CellCoding.Utf8, out key, out text, out _);
        if (reason != Reasons.None) return;
        var status = RecordStatus.Active;
        if (_status >= 0 && _columns.Fields[_status] >= 0 && !ScanRows.TryStatus(ScanRows.Cell(block, cells, _columns.Fields[_status]), out status)) return;

        var scattered = key;
        if (_plan.Keys is not null && !_plan.Keys.TryScatter(key, out scattered)) throw new InvalidOperationException("A key of the second pass was not seen in the first.");
        var record = _record.AsSpan();
        record.Clear();
        var rest = (ulong)status << TableLayout.StatusShift;
        for (var i = 0; i < _writers.Length; i++)
        {
            var layout = _plan.Layout.Fields[i];
            if (layout.Form == FieldForm.Absent) continue;
            var value = _writers[i].Encode(ScanRows.Cell(block, cells, _columns.Fields[i]));
            if (layout.IsHot) rest |= value << layout.Shift;
            else layout.ToCold(record[PrefixBytes..], value);
        }

        if (_keys.IsWide) _plan.Layout.KeyText.ToCold(record[PrefixBytes..], (ulong)_plan.Heap[text] + 1);
        var isSuperseded = _superseded >= 0 && !ScanRows.Cell(block, cells, _columns.Fields[_superseded]).IsEmpty;
        var hasFormer = _former >= 0 && !ScanRows.Cell(block, cells, _columns.Fields[_former]).IsEmpty;
        if (isSuperseded) rest |= TableLayout.SupersededFlag;
        if (hasFormer) rest |= TableLayout.SideFlag;
        BinaryPrimitives.WriteUInt64LittleEndian(record, scattered);
        BinaryPrimitives.WriteUInt64LittleEndian(record[8..], rest);
        Buffers[scattered >> (_plan.KeyBits - 8)].Add(record[..RecordBytes(_plan)]);
        if (isSuperseded || hasFormer) Side.Add((scattered, SideRecord(block, cells, status)));
    }

    private byte[] SideRecord(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, RecordStatus status)
    {
        var values = new string[_schema.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = Encoding.UTF8.GetString(ScanRows.Cell(block, cells, _columns.Fields[i]));
            values[i] = StoredValues.Canonical(_schema.Fields[i], _plan.Codecs[i].Comparer, cell, status, _keys);
        }

        var bytes = new List<byte>();
        new StoredRecord(values).Write(bytes);
        return [.. bytes];
    }

    /// <summary>Grows by doubling; holds one thread's records of one partition.</summary>
    internal sealed class RecordBuffer
    {
        private byte[] _bytes = [];

        public int Length { get; private set; }

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

        public void Add(ReadOnlySpan<byte> record)
        {
            if (Length + record.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(record.Length * 64, _bytes.Length * 2));
            record.CopyTo(_bytes.AsSpan(Length));
            Length += record.Length;
        }

        public void Release() => (_bytes, Length) = ([], 0);
    }
}
