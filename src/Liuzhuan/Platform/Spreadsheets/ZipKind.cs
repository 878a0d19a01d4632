using System.Buffers.Binary;
using System.IO.Compression;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Looks into a zip package before anything is unpacked: is its directory of sane size, and what kind of document is it.</summary>
internal static class ZipKind
{
    private const int EndBytes = 22, Zip64LocatorBytes = 20, LongestComment = ushort.MaxValue, MostBytesPerEntry = 1024;
    private const uint EndSignature = 0x06054B50, Zip64LocatorSignature = 0x07064B50, Zip64EndSignature = 0x06064B50;

    public static Result<FileKind> Recognise(Stream file, SpreadsheetBounds bounds)
    {
        if (CheckDirectory(file, bounds) is { } refusal) return refusal;
        try
        {
            file.Position = 0;
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > bounds.MaxEntries) return SpreadsheetRefusals.TooManyParts(bounds.MaxEntries);
            return Recognise(zip.Entries.Select(entry => entry.FullName.Replace('\\', '/').TrimStart('/')).ToHashSet(StringComparer.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return SpreadsheetRefusals.Damaged("zip");
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static Result<FileKind> Recognise(HashSet<string> names) =>
        names.Contains("xl/workbook.bin") ? SpreadsheetRefusals.OtherKind(" .xlsb 二进制工作簿", "a binary workbook (.xlsb)")
        : names.Contains("xl/workbook.xml") ? FileKind.Xlsx
        : names.Contains("word/document.xml") ? SpreadsheetRefusals.OtherKind(" Word 文档（.docx）", "a Word document (.docx)")
        : names.Contains("ppt/presentation.xml") ? SpreadsheetRefusals.OtherKind("演示文稿（.pptx）", "a presentation (.pptx)")
        : names.Contains("content.xml") ? SpreadsheetRefusals.OtherKind(" OpenDocument 文件（.ods 等）", "an OpenDocument file (.ods or the like)")
        : names.Contains("OFD.xml") ? SpreadsheetRefusals.OtherKind("版式文件（.ofd）", "a fixed-layout document (.ofd)")
        : names.Contains("[Content_Types].xml") ? FileKind.Xlsx
        : SpreadsheetRefusals.OtherKind("压缩包（.zip）", "a zip archive");

    // ZipArchive reads the whole directory into memory, so its place in the file must bound it first.
    private static Refusal? CheckDirectory(Stream file, SpreadsheetBounds bounds)
    {
        var tail = new byte[Math.Min(file.Length, EndBytes + LongestComment + Zip64LocatorBytes)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.Length - EndBytes;
        while (end >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) != EndSignature) end--;
        if (end < 0) return SpreadsheetRefusals.Damaged("zip");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue)
        {
            var locator = end - Zip64LocatorBytes;
            if (locator < 0 || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(locator)) != Zip64LocatorSignature) return SpreadsheetRefusals.Damaged("zip");
            var place = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
            var record = new byte[56];
            if (place < 0 || place > file.Length - record.Length) return SpreadsheetRefusals.Damaged("zip");
            file.Position = place;
            file.ReadExactly(record);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) != Zip64EndSignature) return SpreadsheetRefusals.Damaged("zip");
            start = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        }

        var endInFile = file.Length - tail.Length + end;
        if (start < 0 || start > endInFile) return SpreadsheetRefusals.Damaged("zip");
        return endInFile - start > (long)bounds.MaxEntries * MostBytesPerEntry ? SpreadsheetRefusals.TooManyParts(bounds.MaxEntries) : null;
    }
}
