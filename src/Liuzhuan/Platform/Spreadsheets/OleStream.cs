using System.Buffers.Binary;
using System.Text;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>One stream of an OLE compound file ([MS-CFB]), read where it is asked.</summary>
internal sealed class OleStream
{
    private const int HeaderBytes = 512, EntryBytes = 128, HeaderFatSectors = 109, SmallShift = 6;
    private const uint LastSector = 0xFFFFFFFA;

    private readonly Func<long, Memory<byte>, bool> _read;
    private readonly uint[] _chain;
    private readonly int _shift, _before;

    private OleStream(Func<long, Memory<byte>, bool> read, uint[] chain, int shift, int before, long length) =>
        (_read, _chain, _shift, _before, Length) = (read, chain, shift, before, Math.Min(length, (long)chain.Length << shift));

    public long Length { get; }

    /// <summary>The first stream that bears one of the names; null where there is none or the container is damaged.</summary>
    public static OleStream? Find(Stream file, params ReadOnlySpan<string> names)
    {
        var header = new byte[HeaderBytes];
        if (!ReadFile(file, 0, header)) return null;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is < 9 or > 12) return null;
        var table = Table(file, header, shift);
        OleStream Chained(uint first, long length) => new((at, into) => ReadFile(file, at, into), Chain(table, first), shift, 1, length);

        var directory = Chained(Number(header, 48), long.MaxValue);
        var entry = new byte[EntryBytes];
        OleStream? small = null;
        for (var at = 0L; directory.TryRead(at, entry); at += EntryBytes)
        {
            var (first, length) = (Number(entry, 116), (long)Number(entry, 120));
            if (at == 0) small = Chained(first, length);
            var bytes = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(64));
            if (bytes is <= 2 or > 64 || !names.Contains(Encoding.Unicode.GetString(entry, 0, bytes - 2))) continue;
            if (length >= Number(header, 56)) return Chained(first, length);
            var smallTable = Chained(Number(header, 60), long.MaxValue);
            return new OleStream(small!.TryRead, Chain(smallTable.Numbers(), first), SmallShift, 0, length);
        }

        return null;
    }

    /// <summary>Fills the buffer from a place in the stream; false where that goes beyond its end.</summary>
    public bool TryRead(long at, Memory<byte> into)
    {
        if (at < 0 || at + into.Length > Length) return false;
        while (into.Length > 0)
        {
            var within = (int)(at & ((1L << _shift) - 1));
            var count = Math.Min(into.Length, (1 << _shift) - within);
            if (!_read(((_chain[at >> _shift] + (long)_before) << _shift) + within, into[..count])) return false;
            (at, into) = (at + count, into[count..]);
        }

        return true;
    }

    private uint[] Numbers()
    {
        var bytes = new byte[Length];
        return TryRead(0, bytes) ? Numbers(bytes) : [];
    }

    // The sectors that name the next of each sector: 109 stand in the header, the others in a chain of their own.
    private static uint[] Table(Stream file, byte[] header, int shift)
    {
        var lists = new List<uint>(Numbers(header.AsSpan(76, HeaderFatSectors * 4)));
        var sector = new byte[1 << shift];
        var most = file.Length >> shift;
        var next = Number(header, 68);
        for (var count = 0; next < LastSector && count < most && ReadFile(file, (next + 1L) << shift, sector); count++)
        {
            var numbers = Numbers(sector);
            lists.AddRange(numbers.AsSpan(0, numbers.Length - 1));
            next = numbers[^1];
        }

        var table = new List<uint>();
        foreach (var list in lists)
        {
            if (list >= LastSector || table.Count > most || !ReadFile(file, (list + 1L) << shift, sector)) break;
            table.AddRange(Numbers(sector));
        }

        return [.. table];
    }

    private static uint[] Chain(uint[] table, uint first)
    {
        var chain = new List<uint>();
        for (var sector = first; sector < table.Length && chain.Count <= table.Length; sector = table[sector]) chain.Add(sector);
        return [.. chain];
    }

    private static uint[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new uint[bytes.Length / 4];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]);
        return numbers;
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static bool ReadFile(Stream file, long at, Memory<byte> into)
    {
        if (at < 0 || at + into.Length > file.Length) return false;
        file.Position = at;
        file.ReadExactly(into.Span);
        return true;
    }
}
