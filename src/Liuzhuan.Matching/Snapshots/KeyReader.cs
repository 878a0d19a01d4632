using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Reads the key of a record or question: one packed number where the schema's only key packs, otherwise the canonical texts and their hash.</summary>
internal sealed class KeyReader
{
    /// <summary>Stands between two key texts; no key kind lets it through.</summary>
    private const char Joint = '\u001F';

    private static readonly IKeyKind Number = KeyKinds.Get("citizen_number");

    private readonly IKeyKind[] _kinds;
    private readonly KeyContext _context;

    public KeyReader(RegisterSchema schema, DateTimeOffset asOf)
    {
        _kinds = new IKeyKind[schema.Keys.Count];
        for (var i = 0; i < _kinds.Length; i++) _kinds[i] = KeyKinds.Get(schema.Keys[i].Kind);
        // The day on which a date counts as past is the day in China.
        _context = new KeyContext(DateOnly.FromDateTime(asOf.ToOffset(TimeSpan.FromHours(8)).DateTime), NumberRules.Default);
        IsWide = _kinds.Length > 1 || !_kinds[0].Packs;
        if (!IsWide && _kinds[0].Name == "citizen_number") Fast = new FastCitizenNumber(_context.AsOf);
    }

    private KeyReader(KeyReader other, KeyContext context) => (_kinds, _context, IsWide, Fast) = (other._kinds, context, other.IsWide, other.Fast);

    /// <summary>Keys do not pack into small integers.</summary>
    public bool IsWide { get; }

    /// <summary>The byte-level reader of clean keys, where the key kind has one.</summary>
    public FastCitizenNumber? Fast { get; }

    public int Count => _kinds.Length;

    /// <summary>The same for the text cells of a workbook (<see cref="KeyContext.CellsAreTyped"/>).</summary>
    public KeyReader ForTypedCells() => new(this, _context with { CellsAreTyped = true });

    /// <summary>Reads one or two key cells. <paramref name="key"/> is the packed number or the hash, <paramref name="text"/> the canonical text (empty on the fast path).</summary>
    public Reasons Read(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, CellCoding coding, out ulong key, out string text, out Notes notes)
    {
        text = "";
        notes = Notes.None;
        if (Fast is not null && Fast.TryPack(block.Slice(cells[0].Start, cells[0].Length), out key)) return Reasons.None;
        return ReadSlow(block, cells, coding, out key, out text, out notes);
    }

    /// <summary>The full reading, with the canonical text.</summary>
    public Reasons ReadSlow(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, CellCoding coding, out ulong key, out string text, out Notes notes)
    {
        (key, text, notes) = (0, "", Notes.None);
        for (var i = 0; i < _kinds.Length; i++)
        {
            var bytes = block.Slice(cells[i].Start, cells[i].Length);
            var reason = ReadOne(_kinds[i], bytes, coding, out var canonical, out var noted);
            if (reason != Reasons.None) return reason;
            notes |= noted;
            text = i == 0 ? canonical : text + Joint + canonical;
        }

        key = KeyOf(text);
        return Reasons.None;
    }

    /// <summary>Reads any cell as a citizen number, packed; false for anything else.</summary>
    public bool TryReadNumber(ReadOnlySpan<byte> cell, CellCoding coding, out ulong packed)
    {
        packed = 0;
        if (ReadOne(Number, cell, coding, out var canonical, out _) != Reasons.None) return false;
        packed = Number.Pack(canonical);
        return true;
    }

    /// <summary>Reads the text of a one-column key, for example a superseding number.</summary>
    public Reasons Read(string cell, out ulong key, out string text)
    {
        key = 0;
        var reason = _kinds[0].Read(cell, _context, out text, out _);
        if (reason == Reasons.None) key = KeyOf(text);
        return reason;
    }

    /// <summary>Packed number or hash of a canonical text.</summary>
    public ulong KeyOf(string text) => IsWide ? Checksum.OfText(text) : _kinds[0].Pack(text);

    /// <summary>Canonical text of a packed number; only when keys pack.</summary>
    public string TextOf(ulong packed) => _kinds[0].Unpack(packed);

    /// <summary>The key columns of a canonical text.</summary>
    public static string[] Columns(string text) => text.Split(Joint);

    public static string Join(params string[] columns) => string.Join(Joint, columns);

    private Reasons ReadOne(IKeyKind kind, ReadOnlySpan<byte> bytes, CellCoding coding, out string canonical, out Notes notes)
    {
        var encoding = CellText.Of(coding);
        var rented = bytes.Length > 128 ? new char[encoding.GetMaxCharCount(bytes.Length)] : null;
        var chars = rented ?? stackalloc char[256];
        var reason = kind.Read(chars[..encoding.GetChars(bytes, chars)], _context, out canonical, out notes);
        if (reason == Reasons.None && canonical.Contains(Joint)) return Reasons.NumberCharacters;
        return reason;
    }
}
