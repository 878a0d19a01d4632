using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Text;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// An open snapshot file, mapped into memory. Immutable and safe for many threads; the mapping is released when nothing refers to it any more,
/// so a query that runs while a newer snapshot is swapped in finishes on the old one.
/// </summary>
internal sealed unsafe partial class Snapshot
{
    private const int Unsure = -1;

    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private readonly ResidentMemory? _resident;
    private readonly SectionChecks _checks;
    private readonly CheckedMark? _mark;
    private volatile bool _isSound;
    private readonly Lazy<int[]> _variantClasses;
    private readonly ulong _tagHighMask;
    private readonly int _tagHighShift;

    private Snapshot(string path, FileStream file, byte[] page, SnapshotHeader header, Func<string, RegisterSchema?> findSchema, bool isResident, long markedFrom)
    {
        Path = path;
        Header = header;
        _checks = new SectionChecks(header);
        Digest = SnapshotHeader.Digest(page);
        // What is copied into memory is checked there.
        _mark = isResident ? null : CheckedMark.Of(file, path, page, markedFrom);
        using var mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);

        foreach (var small in new[] { Section.Schema, Section.Keys, Section.Layout, Section.Characters, Section.Dictionaries }) CheckSection(small);
        Schema = FindSchema(path, header, Encoding.UTF8.GetString(Span(Section.Schema)), findSchema);
        KeyReader = new KeyReader(Schema, header.AsOf);
        Layout = TableLayout.FromBytes(Span(Section.Layout));
        (_tagHighMask, _tagHighShift) = (Layout.TagHighMask, Layout.TagHighShift);
        Names = NameCodec.FromBytes(Span(Section.Characters));
        Keys = Layout.IsWide ? null : KeySpace.FromBytes(Span(Section.Keys));
        KeyBits = Keys?.Bits ?? 64;
        Codecs = ReadCodecs();
        if (isResident) _resident = LoadBuckets(file, header[Section.Buckets]);
        Buckets = _resident is null ? _base + header[Section.Buckets].Offset : _resident.Base;
        Cold = _base + header[Section.Cold].Offset;
        _variantClasses = new Lazy<int[]>(VariantClasses);
    }

    public string Path { get; }

    public SnapshotHeader Header { get; }

    /// <summary>SHA-256 of the header page, lower-case hex.</summary>
    public string Digest { get; }

    public RegisterSchema Schema { get; }

    public KeyReader KeyReader { get; }

    public TableLayout Layout { get; }

    public KeySpace? Keys { get; }

    public int KeyBits { get; }

    public NameCodec Names { get; }

    public FieldCodec[] Codecs { get; }

    public byte* Buckets { get; }

    public byte* Cold { get; }

    /// <exception cref="RegisterException">Missing, truncated, corrupt, foreign, newer, or of an unknown schema.</exception>
    /// <param name="markedFrom">From how many bytes on it is remembered that a file was found sound.</param>
    public static Snapshot Open(string path, Func<string, RegisterSchema?> findSchema, bool isResident = false, long markedFrom = CheckedMark.LeastLength)
    {
        var file = OpenFile(path);
        try
        {
            var (page, header) = ReadHeader(file, path);
            return new Snapshot(path, file, page, header, findSchema, isResident, markedFrom);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RegisterException("register_missing", $"There is no register at {path}. Build one with 'liuzhuan register build', or name another with --register.", fault);
        }
        catch (UnauthorizedAccessException fault) when (Directory.Exists(path))
        {
            throw new RegisterException("register_unreadable", $"{path} is a directory. Name the register file in it.", fault) { Cause = "directory", Detail = path };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RegisterException("register_unreadable", $"{path} cannot be read ({fault.Message.TrimEnd('.')}). Check the permissions.", fault);
        }
    }

    /// <summary>Is the snapshot of this digest the one in place now?</summary>
    public static bool IsStill(string path, string digest)
    {
        using var file = OpenFile(path);
        return SnapshotHeader.Digest(ReadHeader(file, path).Page) == digest;
    }

    public static (byte[] Page, SnapshotHeader Header) ReadHeader(FileStream file, string path)
    {
        var page = new byte[SnapshotHeader.PageSize];
        var length = RandomAccess.Read(file.SafeFileHandle, page, 0);
        return (page, SnapshotHeader.FromPage(page.AsSpan(0, length), file.Length, path));
    }

    /// <summary>Checks every section's checksum, once. Threads that call this at the same time share the sections among them.</summary>
    /// <param name="anew">Even when this very file was found sound a short while ago.</param>
    public void VerifySections(CancellationToken stop, bool anew = false)
    {
        if (!anew && (_isSound || _mark?.IsLeft() == true))
        {
            _isSound = true;
            return;
        }

        _checks.Run(section => CheckSection(section, stop));
        _mark?.Leave();
    }

    /// <summary>Has what every question reads entered into the address space: worth it before many questions.</summary>
    public void EnterPages(CancellationToken stop)
    {
        if (_resident is null) MappedPages.Populate(Buckets, Header[Section.Buckets].Length, stop);
    }

    /// <summary>Takes them out again, before a process ends that would do it while everyone waits.</summary>
    public void LeavePages()
    {
        if (_resident is null) MappedPages.Leave(Buckets, Header[Section.Buckets].Length);
        GC.KeepAlive(_view);
    }

    /// <summary>The slot of a scattered key, or -1. For a wide key the caller compares the key text.</summary>
    public long FindSlot(ulong scattered, string keyText)
    {
        var home = Layout.Home(scattered, KeyBits);
        for (long bucket = home, displacement = 0; displacement <= TableLayout.MaxDisplacement; bucket++, displacement++)
        {
            var line = Buckets + bucket * TableLayout.BucketBytes;
            var head = *(uint*)line;
            var count = head >> BucketFill.CountShift & 7;
            for (var i = 0; i < count; i++)
            {
                if (!IsEntry(line, head, i, (uint)displacement, scattered)) continue;
                var slot = bucket * TableLayout.EntriesPerBucket + i;
                if (!Layout.IsWide || (Rest(slot) & TableLayout.ComplexFlag) != 0 || KeyTextOf(slot) == keyText) return slot;
            }

            if ((head >> BucketFill.OverflowBit & 1) == 0) return -1;
        }

        return -1;
    }

    /// <summary>Is entry <paramref name="i"/> of a bucket the one of this scattered key?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsEntry(byte* line, uint head, int i, uint displacement, ulong scattered)
    {
        if (((ushort*)(line + 4))[i] != (ushort)scattered || (head >> (i * 4) & 15) != displacement) return false;
        return HasTagHigh(line, i, scattered);
    }

    /// <summary>Do the bits of the tag that the entry's word holds belong to this scattered key?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasTagHigh(byte* line, int i, ulong scattered)
    {
        return _tagHighMask == 0 || (((ulong*)(line + 16))[i] & _tagHighMask) == (scattered >> 16 << _tagHighShift & _tagHighMask);
    }

    public ulong Rest(long slot) => ((ulong*)(Buckets + slot / TableLayout.EntriesPerBucket * TableLayout.BucketBytes + 16))[slot % TableLayout.EntriesPerBucket];

    public ReadOnlySpan<byte> ColdOf(long slot) => Layout.ColdStride == 0 ? default : new ReadOnlySpan<byte>(Cold + slot * Layout.ColdStride, Layout.ColdStride + 8);

    /// <summary>A field's stored value.</summary>
    public ulong ValueOf(int field, long slot, ulong rest)
    {
        ref readonly var layout = ref Layout.Fields[field];
        return layout.IsHot ? layout.FromHot(rest) : layout.FromCold(ColdOf(slot));
    }

    public string TextOf(int field, ulong value) => RecordDecoder.Text(Codecs[field], value, HeapText);

    public string HeapText(int index)
    {
        var offsets = (long*)(_base + Header[Section.HeapOffsets].Offset);
        return Encoding.UTF8.GetString(_base + Header[Section.HeapText].Offset + offsets[index], (int)(offsets[index + 1] - offsets[index]));
    }

    /// <summary>All records under a key.</summary>
    public List<StoredRecord> RecordsOf(ulong key, string keyText)
    {
        var scattered = key;
        if (Keys is not null && !Keys.TryScatter(key, out scattered)) return [];
        var slot = FindSlot(scattered, keyText);
        if (slot < 0) return [];
        var rest = Rest(slot);
        return (rest & TableLayout.SideFlag) != 0 ? SideRecords(scattered, keyText) : [Decode(slot, rest)];
    }

    /// <summary>Every key with its records, in file order. For merging and export.</summary>
    public IEnumerable<(string KeyText, StoredRecord Record)> All()
    {
        for (long slot = 0; slot < Layout.Slots; slot++)
        {
            if (!Has(slot)) continue;
            var rest = Rest(slot);
            if ((rest & TableLayout.SideFlag) == 0) yield return (KeyTextOf(slot), Decode(slot, rest));
            else
            {
                var scattered = Keys is null ? 0 : ScatteredOf(slot);
                if (Keys is not null)
                {
                    foreach (var record in SideRecords(scattered, "")) yield return (KeyTextOf(slot), record);
                }
            }
        }

        if (Keys is not null) yield break;
        for (var i = 0; i < SideCount; i++)
        {
            foreach (var pair in WideSide(i)) yield return pair;
        }
    }

    /// <summary>Do two names of codes differ only by characters that may be variants of each other? Cheap and never wrongly false.</summary>
    public bool MayBeVariants(ulong asked, ulong stored)
    {
        var (mask, classes) = ((1UL << Names.CharBits) - 1, _variantClasses.Value);
        for (; asked != 0 && stored != 0; asked >>= Names.CharBits, stored >>= Names.CharBits)
        {
            if ((asked & mask) == (stored & mask)) continue;
            int one = classes[asked & mask], other = classes[stored & mask];
            // Half of a character beyond the basic plane: only the whole text can tell.
            if (one == Unsure || other == Unsure) return true;
            if (one != other) return false;
        }

        return asked == stored;
    }

    private int[] VariantClasses()
    {
        var classes = new int[Names.CharacterCount + 1];
        for (var i = 1; i < classes.Length; i++)
        {
            var c = Names.CharOf((ulong)i);
            classes[i] = char.IsSurrogate(c) ? Unsure : VariantTable.Default.ClassOf(c);
        }

        return classes;
    }

    private bool Has(long slot) => slot % TableLayout.EntriesPerBucket < (*(uint*)(Buckets + slot / TableLayout.EntriesPerBucket * TableLayout.BucketBytes) >> BucketFill.CountShift & 7);

    private StoredRecord Decode(long slot, ulong rest) => RecordDecoder.Decode(Schema, Codecs, HeapText, rest, ColdOf(slot));

    private string KeyTextOf(long slot) =>
        Layout.IsWide ? HeapText((int)Layout.KeyText.FromCold(ColdOf(slot)) - 1) : KeyReader.TextOf(Keys!.Gather(ScatteredOf(slot)));

    // The home bucket gives the high part of the scattered key, the tag the low part.
    private ulong ScatteredOf(long slot)
    {
        var line = Buckets + slot / TableLayout.EntriesPerBucket * TableLayout.BucketBytes;
        var i = (int)(slot % TableLayout.EntriesPerBucket);
        var home = (ulong)(slot / TableLayout.EntriesPerBucket) - (*(uint*)line >> (i * 4) & 15);
        var tag = ((ushort*)(line + 4))[i] | (Rest(slot) & Layout.TagHighMask) >> Layout.TagHighShift << 16;
        var tagMask = (1UL << Math.Max(16, Layout.TagBits)) - 1;
        var first = (ulong)(((UInt128)home << KeyBits) / (ulong)Layout.Buckets);
        var scattered = first + (tag - first & tagMask);
        while (Layout.Home(scattered, KeyBits) < (long)home) scattered += tagMask + 1;
        return scattered;
    }

    private FieldCodec[] ReadCodecs()
    {
        var dictionaries = Span(Section.Dictionaries);
        var codecs = new FieldCodec[Schema.Fields.Count];
        for (var i = 0; i < codecs.Length; i++)
        {
            var values = new string[StoredRecord.ReadLength(ref dictionaries)];
            for (var j = 0; j < values.Length; j++) values[j] = StoredRecord.ReadText(ref dictionaries);
            codecs[i] = new FieldCodec(Layout.Fields[i], FieldComparers.Get(Schema.Fields[i].Comparer), values, Names);
        }

        return codecs;
    }

    private static RegisterSchema FindSchema(string path, SnapshotHeader header, string canonical, Func<string, RegisterSchema?> findSchema)
    {
        var id = canonical.Split(' ')[0];
        var schema = findSchema(id)
            ?? throw new RegisterException("register_schema", $"{path} has the schema '{id}', which this program does not know. Use the program that built it, or build the register again.");
        if (!schema.Digest.AsSpan().SequenceEqual(header.SchemaDigest))
            throw new RegisterException("register_schema", $"{path} was built with another version of the schema '{id}'. Build the register again.");
        return schema;
    }

    private ReadOnlySpan<byte> Span(Section section) => new(_base + Header[section].Offset, (int)Header[section].Length);

    // Read from the file and not from the mapping: the copy then leaves no mapped pages behind.
    private static ResidentMemory LoadBuckets(FileStream file, SectionEntry entry)
    {
        const int piece = 8 << 20;
        var memory = new ResidentMemory(entry.Length);
        Parallel.For(0, (int)((entry.Length + piece - 1) / piece), i =>
        {
            var at = (long)i * piece;
            var part = new Span<byte>(memory.Base + at, (int)Math.Min(piece, entry.Length - at));
            while (!part.IsEmpty)
            {
                var read = RandomAccess.Read(file.SafeFileHandle, part, entry.Offset + at);
                if (read == 0) throw new EndOfStreamException("The register file became shorter while it was read.");
                part = part[read..];
                at += read;
            }
        });
        return memory;
    }

    private void CheckSection(Section section, CancellationToken stop = default)
    {
        var entry = Header[section];
        var sum = new Checksum();
        const int piece = 1 << 20;
        long at = 0;
        // What questions are answered from is what must be sound.
        var resident = section == Section.Buckets ? _resident : null;
        var bytes = resident is null ? _base + entry.Offset : resident.Base;
        if (resident is null && entry.Length > piece) MappedPages.Populate(bytes, entry.Length, stop);
        for (; entry.Length - at > piece; at += piece)
        {
            stop.ThrowIfCancellationRequested();
            sum.Add(new ReadOnlySpan<byte>(bytes + at, piece));
        }

        if (sum.Finish(new ReadOnlySpan<byte>(bytes + at, (int)(entry.Length - at))) != entry.Checksum)
            throw new RegisterException("register_corrupt", $"{Path} is corrupt: section {section} does not have its checksum. Copy the file again or build it anew.") { Detail = $"{Path}, {section}" };
    }
}
