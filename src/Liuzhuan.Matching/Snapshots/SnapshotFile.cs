using System.Buffers.Binary;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>The sections of a snapshot file.</summary>
internal enum Section
{
    Schema,
    Keys,
    Layout,
    Characters,
    Dictionaries,
    HeapOffsets,
    HeapText,
    SideKeys,
    SideOffsets,
    SideRecords,
    Buckets,
    Cold,
}

/// <summary>One section: where it lies, its checksum (fast, against damage) and its SHA-256 (for proof).</summary>
internal readonly record struct SectionEntry(long Offset, long Length, ulong Checksum, byte[] Sha256);

/// <summary>
/// The first page of a snapshot: magic, version, sizes, as-of, digests and the section table, closed by its own SHA-256.
/// The SHA-256 of this page stands for the whole file, because the page holds the SHA-256 of every section.
/// </summary>
internal sealed class SnapshotHeader
{
    public const int PageSize = 4096;
    public const int CurrentVersion = 1;
    public const int MaxSections = 16;

    private const int TableAt = 256, EntrySize = 64, HashAt = PageSize - 32;

    public static ReadOnlySpan<byte> Magic => "LZREG\0\r\n"u8;

    public int Version { get; init; } = CurrentVersion;

    public long FileLength { get; set; }

    public DateTimeOffset AsOf { get; init; }

    public long Records { get; set; }

    public long Keys { get; set; }

    public byte[] SchemaDigest { get; init; } = new byte[32];

    /// <summary>Digest of the register (snapshot and overlay) that this snapshot was merged from, or zeros.</summary>
    public byte[] MergedFrom { get; init; } = new byte[32];

    public SectionEntry[] Sections { get; init; } = new SectionEntry[(int)Section.Cold + 1];

    public SectionEntry this[Section section]
    {
        get => Sections[(int)section];
        set => Sections[(int)section] = value;
    }

    /// <summary>Lower-case hex SHA-256 of a header page.</summary>
    public static string Digest(ReadOnlySpan<byte> page) => HexText.Lower(ShortHash.Of(page));

    public byte[] ToPage()
    {
        var page = new byte[PageSize];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(12), Sections.Length);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(16), FileLength);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(24), AsOf.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(32), Records);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(40), Keys);
        SchemaDigest.CopyTo(page, 64);
        MergedFrom.CopyTo(page, 96);
        for (var i = 0; i < Sections.Length; i++)
        {
            var entry = page.AsSpan(TableAt + i * EntrySize, EntrySize);
            BinaryPrimitives.WriteInt64LittleEndian(entry, Sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], Sections[i].Length);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], Sections[i].Checksum);
            Sections[i].Sha256.CopyTo(entry[24..]);
        }

        ShortHash.Of(page.AsSpan(0, HashAt)).CopyTo(page, HashAt);
        return page;
    }

    /// <summary>Reads and checks a header page against the file's length.</summary>
    /// <exception cref="RegisterException">Foreign, newer, corrupt or truncated; the sentence says which.</exception>
    public static SnapshotHeader FromPage(ReadOnlySpan<byte> page, long fileLength, string path)
    {
        if (page.Length < Magic.Length || !page.StartsWith(Magic))
            throw new RegisterException("register_foreign", $"{path} is not a Liuzhuan register: its first bytes are different. Build one with 'liuzhuan register build'.") { Detail = path };
        if (page.Length < PageSize)
            throw new RegisterException("register_truncated", $"{path} is truncated: it ends inside its header after {page.Length} bytes. Copy it again or build it anew.") { Detail = path };
        var version = BinaryPrimitives.ReadInt32LittleEndian(page[8..]);
        if (version > CurrentVersion)
            throw new RegisterException("register_newer", $"{path} has format version {version}; this program reads up to {CurrentVersion}. Use a newer program, or build the register again with this one.") { Detail = path };
        if (!ShortHash.Of(page[..HashAt]).AsSpan().SequenceEqual(page[HashAt..PageSize]))
            throw new RegisterException("register_corrupt", $"{path} is corrupt: its header does not have the checksum it states. Copy it again or build it anew.") { Detail = path };

        var count = BinaryPrimitives.ReadInt32LittleEndian(page[12..]);
        var sections = new SectionEntry[count];
        for (var i = 0; i < count; i++)
        {
            var entry = page.Slice(TableAt + i * EntrySize, EntrySize);
            sections[i] = new SectionEntry(
                BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]), entry.Slice(24, 32).ToArray());
        }

        var header = new SnapshotHeader
        {
            Version = version,
            FileLength = BinaryPrimitives.ReadInt64LittleEndian(page[16..]),
            AsOf = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(page[24..]), TimeSpan.Zero),
            Records = BinaryPrimitives.ReadInt64LittleEndian(page[32..]),
            Keys = BinaryPrimitives.ReadInt64LittleEndian(page[40..]),
            SchemaDigest = page.Slice(64, 32).ToArray(),
            MergedFrom = page.Slice(96, 32).ToArray(),
            Sections = sections,
        };
        if (fileLength < header.FileLength)
            throw new RegisterException("register_truncated", $"{path} is truncated: it has {fileLength} of {header.FileLength} bytes. Copy it again or build it anew.") { Detail = path };
        if (fileLength > header.FileLength)
            throw new RegisterException("register_corrupt", $"{path} is corrupt: it has {fileLength - header.FileLength} bytes more than its header states. Copy it again or build it anew.") { Detail = path };
        return header;
    }
}
