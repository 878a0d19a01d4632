using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Which column of a register file holds what.</summary>
internal sealed class BuildColumns
{
    private BuildColumns(int[] keys, int[] fields) => (Keys, Fields) = (keys, fields);

    public int[] Keys { get; }

    /// <summary>Column of each schema field, or -1.</summary>
    public int[] Fields { get; }

    /// <exception cref="RegisterException">input_columns: a key or required column is missing.</exception>
    public static BuildColumns Find(RegisterSchema schema, string[] header, string path, out List<string> unknown, out List<string> missing)
    {
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
internal readonly record struct RejectedRow(int Chunk, int Line, string Reason, byte[] Text)
{
    public const string NotUtf8 = "not_utf8";
}

/// <summary>First pass over one thread's share of the rows: decides which are usable, learns the values of every field, and drafts the records.</summary>
internal sealed class ScanRows : RegisterCsv.IRowVisitor
{
    /// <summary>Columns of the draft: the key, status and flags, the key text where keys do not pack; then the learned fields.</summary>
    public const int KeyColumn = 0, FlagColumn = 1, KeyTextColumn = 2;

    /// <summary>Status and flags stand in the draft as in an entry, but so much lower.</summary>
    public const int FlagShift = TableLayout.SideShift;

    private readonly RowKey _key;
    private readonly int _width;
    private readonly LearnedField[] _learned;
    private readonly (int Column, ulong Flag)[] _kept;
    private readonly List<int> _notText = [];
    private readonly bool[] _one = new bool[1];
    private readonly SideText _sideText;
    private ulong _lowMin = ulong.MaxValue, _lowMax;

    public ScanRows(RegisterSchema schema, BuildColumns columns, KeyReader keys, int width, FieldCollector[] fields, FieldCollector? keyTexts, Slabs slabs)
    {
        (_key, _width, Fields, KeyTexts) = (new RowKey(schema, columns, keys), width, fields, keyTexts);
        var first = keyTexts is null ? KeyTextColumn : KeyTextColumn + 1;
        _learned = [.. Enumerable.Range(0, fields.Length).Where(i => schema.Fields[i].Role == FieldRole.None && columns.Fields[i] >= 0).Select((i, n) => new LearnedField(i, columns.Fields[i], first + n, fields[i]))];
        _kept = [.. Enumerable.Range(0, fields.Length).Where(i => FlagOf(schema.Fields[i].Role) != 0 && columns.Fields[i] >= 0).Select(i => (columns.Fields[i], FlagOf(schema.Fields[i].Role)))];
        _sideText = new SideText(schema, columns, keys, _learned);
        Draft = new Draft(slabs, first + _learned.Length);
    }

    public FieldCollector[] Fields { get; }

    public FieldCollector? KeyTexts { get; }

    /// <summary>The rows taken.</summary>
    public Draft Draft { get; }

    /// <summary>The fields behind the first columns of the draft, in their order.</summary>
    public IReadOnlyList<LearnedField> Learned => _learned;

    /// <summary>Key and text of every record that is replaced or has former values.</summary>
    public SideRecords Side { get; } = new();

    public List<RejectedRow> Rejected { get; } = [];

    /// <summary>High parts of all packed keys.</summary>
    public HighParts Highs { get; } = new();

    public ulong LowMin => _lowMin;

    public ulong LowMax => _lowMax;

    public long Taken { get; private set; }

    public int Chunk { get; set; }

    public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
    {
        Draft.Room(1);
        var (key, text, status) = (0UL, "", RecordStatus.Active);
        var reason = !isWellFormed ? "malformed_line" : cells.Length > _width ? "row_too_long" : _key.Read(block, cells, out key, out text, out status);
        var flags = FlagsOf(status);
        foreach (var (column, flag) in _kept)
        {
            var cell = Cell(block, cells, column);
            if (cell.IsEmpty) continue;
            flags |= flag;
            if (reason is null && !Utf8.IsValid(cell)) reason = RejectedRow.NotUtf8;
        }

        foreach (var field in _learned)
        {
            if (reason is null && !field.Values.See(Cell(block, cells, field.Column), out Draft.Column(field.Drafted)[0])) reason = RejectedRow.NotUtf8;
        }

        if (reason is not null)
        {
            Reject(lineInChunk, reason, line);
            return;
        }

        SeeKey(0, key, text);
        Draft.Column(FlagColumn)[0] = flags;
        if (HasSide(flags)) Side.Add(key, _sideText.Of(block, cells, Draft, 0, status));
        Draft.Take(_one);
    }

    // Column by column: a row at a time would go through all kinds of fields for each.
    public void Rows(RowBatch rows, int firstLine)
    {
        Draft.Room(rows.Count);
        var flags = Draft.Column(FlagColumn)[..rows.Count];
        ReadKeys(rows, firstLine, flags);
        _notText.Clear();
        foreach (var (column, flag) in _kept) Look(rows, column, flag, flags);
        foreach (var field in _learned) field.Values.See(rows, field.Column, _notText, Draft.Column(field.Drafted));
        Taken -= _notText.Count;
        foreach (var row in _notText) Reject(firstLine + row, RejectedRow.NotUtf8, rows.Line(row));
        for (var row = 0; row < rows.Count; row++)
        {
            if (HasSide(flags[row]) && !rows.Skipped[row]) Side.Add(Draft.Column(KeyColumn)[row], _sideText.Of(rows.Block, rows.Cells(row), Draft, row, (RecordStatus)(flags[row] >> TableLayout.StatusShift - FlagShift)));
        }

        Draft.Take(rows.Skipped);
    }

    private void ReadKeys(RowBatch rows, int firstLine, Span<ulong> flags)
    {
        var cells = _key.Cells(rows);
        for (var row = 0; row < flags.Length; row++)
        {
            flags[row] = 0;
            if (cells.TryPack(row, out var key))
            {
                Taken++;
                SeePacked(row, key);
            }
            else if (_key.Read(rows.Block, rows.Cells(row), out key, out var text, out var status) is { } reason)
            {
                Reject(firstLine + row, reason, rows.Line(row));
                rows.Skipped[row] = true;
            }
            else
            {
                SeeKey(row, key, text);
                flags[row] = FlagsOf(status);
            }
        }
    }

    private static ulong FlagOf(FieldRole role) => role switch
    {
        FieldRole.SupersededBy => TableLayout.SupersededFlag >> FlagShift,
        FieldRole.FormerValues => TableLayout.SideFlag >> FlagShift,
        _ => 0,
    };

    private static ulong FlagsOf(RecordStatus status) => (ulong)status << TableLayout.StatusShift - FlagShift;

    private static bool HasSide(ulong flags) => (flags & (TableLayout.SupersededFlag | TableLayout.SideFlag) >> FlagShift) != 0;

    // These columns are mostly empty, and kept as they stand.
    private void Look(RowBatch rows, int column, ulong flag, Span<ulong> flags)
    {
        var cells = rows.Column(column);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells[row];
            if (cell.IsEmpty || rows.Skipped[row]) continue;
            flags[row] |= flag;
            if (Utf8.IsValid(cell)) continue;
            rows.Skipped[row] = true;
            _notText.Add(row);
        }
    }

    // Bytes that are no text make a number or status wrong, too; that is then not the cause.
    private void Reject(int line, string reason, ReadOnlySpan<byte> text) =>
        Rejected.Add(new RejectedRow(Chunk, line, Utf8.IsValid(text) ? reason : RejectedRow.NotUtf8, text.ToArray()));

    private void SeeKey(int row, ulong key, string text)
    {
        Taken++;
        if (KeyTexts is null)
        {
            SeePacked(row, key);
            return;
        }

        Draft.Column(KeyColumn)[row] = key;
        KeyTexts.See(Encoding.UTF8.GetBytes(text), out Draft.Column(KeyTextColumn)[row]);
    }

    private void SeePacked(int row, ulong key)
    {
        Draft.Column(KeyColumn)[row] = key;
        Highs.Add((uint)(key >> KeySpace.LowBits));
        var low = key & (1UL << KeySpace.LowBits) - 1;
        if (low < _lowMin) _lowMin = low;
        if (low > _lowMax) _lowMax = low;
    }

    /// <summary>The cell of a column; empty when the column or the cell is absent.</summary>
    public static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int column) =>
        (uint)column < (uint)cells.Length ? block.Slice(cells[column].Start, cells[column].Length) : default;

    /// <summary>One of the four words. Neither nothing nor an unknown word is taken for any of them.</summary>
    public static bool TryStatus(ReadOnlySpan<byte> cell, out RecordStatus status)
    {
        status = RecordStatus.Active;
        if (cell.SequenceEqual("active"u8)) return true;
        return RecordStatusText.TryParse(Encoding.UTF8.GetString(cell), out status);
    }
}

/// <summary>Reads what decides whether a row of a register file is taken: its key and its status.</summary>
internal sealed class RowKey(RegisterSchema schema, BuildColumns columns, KeyReader keys)
{
    // A file without the column says nothing about anybody's status; that is reported with the missing columns.
    private readonly int _status = schema.IndexOf(FieldRole.Status) is >= 0 and var field ? columns.Fields[field] : -1;
    private readonly CellRange[] _cells = new CellRange[keys.Count];

    /// <summary>Key and status of many rows, most of which are read without a look at their other cells.</summary>
    public KeyCells Cells(RowBatch rows) => new(keys.Fast, rows.Column(columns.Keys[0]), rows.Column(Math.Max(0, _status)), _status >= 0);

    /// <summary>Null when the row is usable, otherwise a stable reason. The text is only given where keys do not pack.</summary>
    public string? Read(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, out ulong key, out string text, out RecordStatus status)
    {
        status = RecordStatus.Active;
        for (var i = 0; i < _cells.Length; i++) _cells[i] = columns.Keys[i] < cells.Length ? cells[columns.Keys[i]] : default;
        var reason = keys.IsWide ? keys.ReadSlow(block, _cells, CellCoding.Utf8, out key, out text, out _) : keys.Read(block, _cells, CellCoding.Utf8, out key, out text, out _);
        if (reason != Reasons.None) return reason.Codes().First();
        return _status < 0 || ScanRows.TryStatus(ScanRows.Cell(block, cells, _status), out status) ? null : "status_unknown";
    }
}

/// <summary>Goes down the columns of key and status.</summary>
internal readonly ref struct KeyCells(FastCitizenNumber? fast, RowBatch.ColumnCells keys, RowBatch.ColumnCells statuses, bool hasStatus)
{
    private readonly RowBatch.ColumnCells _keys = keys;
    private readonly RowBatch.ColumnCells _statuses = statuses;

    /// <summary>The key of a clean and active row; anything else is left to <see cref="RowKey.Read"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPack(int row, out ulong key)
    {
        key = 0;
        return fast is not null && fast.TryPack(_keys[row], out key) && (!hasStatus || _statuses[row].SequenceEqual("active"u8));
    }
}

/// <summary>The set of the high parts of packed keys.</summary>
internal sealed class HighParts
{
    private readonly ulong[] _seen = new ulong[1 << 48 - KeySpace.LowBits - 6];

    public void Add(uint high)
    {
        ref var word = ref _seen[high >> 6];
        var bit = 1UL << (int)high;
        if ((word & bit) == 0) word |= bit;
    }

    /// <summary>Those of several sets, in ascending order.</summary>
    public static List<uint> Join(IReadOnlyList<HighParts> sets)
    {
        var highs = new List<uint>();
        for (var i = 0; i < sets[0]._seen.Length; i++)
        {
            var word = 0UL;
            foreach (var set in sets) word |= set._seen[i];
            for (; word != 0; word &= word - 1) highs.Add((uint)(i * 64 + BitOperations.TrailingZeroCount(word)));
        }

        return highs;
    }
}
