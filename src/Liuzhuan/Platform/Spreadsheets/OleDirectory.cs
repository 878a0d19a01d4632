using System.Buffers.Binary;
using System.Text;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Reads the names in an OLE compound file ([MS-CFB]), to tell an old workbook from a document or an encrypted package.</summary>
internal static class OleDirectory
{
    private const int HeaderBytes = 512, EntryBytes = 128, HeaderFatSectors = 109, MostSectors = 1024;
    private const int SectorShiftAt = 30, FirstDirectoryAt = 48, FatListAt = 76;

    public static ReadOnlySpan<byte> Magic => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The names of streams and storages; none when the container is damaged.</summary>
    public static HashSet<string> Names(Stream file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var header = new byte[HeaderBytes];
        if (!TryRead(file, 0, header)) return names;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(SectorShiftAt));
        if (shift is < 9 or > 12) return names;
        var sector = new byte[1 << shift];
        var next = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(FirstDirectoryAt));
        for (var count = 0; count < MostSectors && TryRead(file, (next + 1L) << shift, sector); count++)
        {
            for (var at = 0; at < sector.Length; at += EntryBytes) AddName(sector.AsSpan(at, EntryBytes), names);
            if (!TryNext(file, header, shift, ref next)) break;
        }

        return names;
    }

    private static void AddName(ReadOnlySpan<byte> entry, HashSet<string> names)
    {
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        if (bytes is > 2 and <= 64) names.Add(Encoding.Unicode.GetString(entry[..(bytes - 2)]));
    }

    // The sector chain as far as the 109 allocation sectors named in the header reach; a directory lies well within.
    private static bool TryNext(Stream file, byte[] header, int shift, ref uint sector)
    {
        var perSector = 1u << shift - 2;
        var list = sector / perSector;
        if (list >= HeaderFatSectors) return false;
        var table = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(FatListAt + (int)list * 4));
        var entry = new byte[4];
        if (!TryRead(file, ((table + 1L) << shift) + sector % perSector * 4, entry)) return false;
        sector = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        return true;
    }

    private static bool TryRead(Stream file, long at, byte[] buffer)
    {
        if (at < 0 || at + buffer.Length > file.Length) return false;
        file.Position = at;
        file.ReadExactly(buffer);
        return true;
    }
}
