using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Works out what each line of a changes file does to the records of its key.</summary>
internal sealed class ChangeSet : RegisterCsv.IRowVisitor
{
    private readonly RegisterView _view;
    private readonly RegisterSchema _schema;
    private readonly KeyReader _keys;
    private readonly int _change;
    private readonly int[] _keyColumns, _fieldColumns;
    private readonly int _width, _status, _superseded, _name;
    private readonly Dictionary<string, StoredRecord[]> _changed = new(StringComparer.Ordinal);
    private long _firstLine = 2;

    /// <exception cref="RegisterException">changes_columns: no column <c>change</c>, or a key column is missing.</exception>
    public ChangeSet(RegisterView view, string[] header, string path)
    {
        (_view, _schema, _keys, _width) = (view, view.Snapshot.Schema, view.Snapshot.KeyReader, header.Length);
        _change = Array.IndexOf(header, "change");
        _keyColumns = [.. _schema.Keys.Select(key => Array.IndexOf(header, key.Name))];
        _fieldColumns = [.. _schema.Fields.Select(field => Array.IndexOf(header, field.Name))];
        if (_change < 0 || _keyColumns.Any(column => column < 0))
            throw new RegisterException("changes_columns", $"{path} needs the columns change, {string.Join(", ", _schema.Keys.Select(key => key.Name))}; it has {string.Join(", ", header)}.") { Detail = string.Join(", ", header) };
        (_status, _superseded) = (_schema.IndexOf(FieldRole.Status), _schema.IndexOf(FieldRole.SupersededBy));
        _name = _schema.Fields.ToList().FindIndex(field => field.Required && FieldComparers.Get(field.Comparer).Storage == FieldStorage.Name);
    }

    /// <summary>All records of each changed key, as they are after the changes.</summary>
    public IReadOnlyDictionary<string, StoredRecord[]> Changed => _changed;

    public List<RejectedChange> Rejected { get; } = [];

    public long Applied { get; private set; }

    public void FinishChunk(int lines) => _firstLine += lines;

    public void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk)
    {
        var refusal = !Utf8.IsValid(line) ? RejectedRow.NotUtf8 : isWellFormed && cells.Length <= _width ? Change(block, cells) : "malformed_line";
        if (refusal is null) Applied++;
        else Rejected.Add(new RejectedChange(_firstLine + lineInChunk, refusal));
    }

    // Null, or why the change is not possible.
    private string? Change(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells)
    {
        var keyCells = new CellRange[_keyColumns.Length];
        for (var i = 0; i < keyCells.Length; i++) keyCells[i] = _keyColumns[i] < cells.Length ? cells[_keyColumns[i]] : default;
        var reason = _keys.ReadSlow(block, keyCells, CellCoding.Utf8, out var key, out var text, out _);
        if (reason != Reasons.None) return reason.Codes().First();
        var status = RecordStatus.Active;
        var statusCell = _status < 0 ? default : ScanRows.Cell(block, cells, _fieldColumns[_status]);
        if (!statusCell.IsEmpty && !ScanRows.TryStatus(statusCell, out status)) return "status_unknown";

        var given = new string?[_schema.Fields.Count];
        for (var i = 0; i < given.Length; i++)
        {
            // An empty status is not given: a cancellation need not repeat it.
            if (_fieldColumns[i] < 0 || i == _status && statusCell.IsEmpty) continue;
            var cell = Encoding.UTF8.GetString(ScanRows.Cell(block, cells, _fieldColumns[i]));
            given[i] = StoredValues.Canonical(_schema.Fields[i], FieldComparers.Get(_schema.Fields[i].Comparer), cell, status, _keys);
        }

        var records = RecordsOf(key, text);
        return Encoding.UTF8.GetString(ScanRows.Cell(block, cells, _change)).Trim().ToLowerInvariant() switch
        {
            "upsert" => Upsert(text, records, given),
            "cancel" => Cancel(text, records, given),
            "replace" => Replace(text, records, given),
            _ => "change_unknown",
        };
    }

    private string? Upsert(string key, StoredRecord[] records, string?[] given)
    {
        if (records.Length == 0)
        {
            if (_name >= 0 && string.IsNullOrEmpty(given[_name])) return "name_missing";
            _changed[key] = [new StoredRecord([.. given.Select((value, i) => value ?? (i == _status ? RecordStatus.Active.Word() : ""))])];
            return null;
        }

        if (!Find(records, given, out var at, out var refusal)) return refusal;
        _changed[key] = With(records, at, new StoredRecord([.. records[at].Values.Select((old, i) => given[i] ?? old)]));
        return null;
    }

    private string? Cancel(string key, StoredRecord[] records, string?[] given)
    {
        if (_status < 0) return "change_unknown";
        if (!Find(records, given, out var at, out var refusal)) return refusal;
        var values = (string[])records[at].Values.Clone();
        values[_status] = RecordStatus.Cancelled.Word();
        _changed[key] = With(records, at, new StoredRecord(values));
        return null;
    }

    // The old number points to the new one; the person's record stands under the new number from now on.
    private string? Replace(string key, StoredRecord[] records, string?[] given)
    {
        if (_superseded < 0) return "change_unknown";
        if (string.IsNullOrEmpty(given[_superseded])) return "successor_missing";
        if (!Find(records, given, out var at, out var refusal)) return refusal;
        var reason = _keys.Read(given[_superseded]!, out var newKey, out var newText);
        if (reason != Reasons.None) return reason.Codes().First();
        if (newText == key) return "successor_same";
        if (RecordsOf(newKey, newText).Length == 0)
        {
            var moved = records[at].Values.Select((old, i) => i == _superseded ? "" : string.IsNullOrEmpty(given[i]) ? old : given[i]!).ToArray();
            _changed[newText] = [new StoredRecord(moved)];
        }

        var values = (string[])records[at].Values.Clone();
        values[_superseded] = newText;
        _changed[key] = With(records, at, new StoredRecord(values));
        return null;
    }

    // The record a change means: the only one, or where a number is shared the one with the given name.
    private bool Find(StoredRecord[] records, string?[] given, out int at, out string? refusal)
    {
        (at, refusal) = (0, null);
        if (records.Length == 1) return true;
        if (records.Length == 0) refusal = "record_missing";
        else
        {
            var wanted = _name < 0 ? "" : Canonical(given[_name] ?? "");
            var fitting = Enumerable.Range(0, records.Length).Where(i => wanted.Length > 0 && Canonical(records[i].Values[_name]) == wanted).ToArray();
            if (fitting.Length == 1) at = fitting[0];
            else refusal = "record_ambiguous";
        }

        return refusal is null;
    }

    private string Canonical(string name) => FieldComparers.Get(_schema.Fields[_name].Comparer).TryReadStored(name, out var canonical) ? canonical : "";

    private StoredRecord[] RecordsOf(ulong key, string text) => _changed.TryGetValue(text, out var records) ? records : [.. _view.RecordsOf(key, text)];

    private static StoredRecord[] With(StoredRecord[] records, int at, StoredRecord record) => [.. records.Select((old, i) => i == at ? record : old)];
}
