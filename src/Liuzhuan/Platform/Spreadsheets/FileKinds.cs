using System.Text;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>What a file really is.</summary>
internal enum FileKind : byte
{
    /// <summary>CSV, TSV or other delimited text.</summary>
    Text,

    /// <summary>Office Open XML spreadsheet, with macros or without.</summary>
    Xlsx,

    /// <summary>Binary Excel workbook (BIFF), bare or in an OLE container.</summary>
    Xls,
}

/// <summary>Tells kinds of files apart by their content; the name only helps where a sentence is needed.</summary>
internal static class FileKinds
{
    private const int HeadBytes = 4096;

    private static readonly (byte[] Magic, string Chinese, string English)[] Others =
    [
        ("%PDF"u8.ToArray(), " PDF 文件", "a PDF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "图片（PNG）", "an image (PNG)"),
        ([0xFF, 0xD8, 0xFF], "图片（JPEG）", "an image (JPEG)"),
        ("GIF8"u8.ToArray(), "图片（GIF）", "an image (GIF)"),
        ("II*\0"u8.ToArray(), "图片（TIFF）", "an image (TIFF)"),
        ("MM\0*"u8.ToArray(), "图片（TIFF）", "an image (TIFF)"),
        ("{\\rtf"u8.ToArray(), " RTF 文档", "an RTF document"),
        ("Rar!"u8.ToArray(), "压缩包（RAR）", "an archive (RAR)"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "压缩包（7z）", "an archive (7z)"),
        ([0x1F, 0x8B], "压缩包（gzip）", "an archive (gzip)"),
        ("SQLite format 3"u8.ToArray(), "数据库文件（SQLite）", "a database (SQLite)"),
    ];

    /// <summary>Recognises a seekable file. A kind that is neither text nor a workbook is refused with what to do.</summary>
    public static Result<FileKind> Recognise(Stream file, SpreadsheetBounds bounds)
    {
        Span<byte> buffer = stackalloc byte[HeadBytes];
        file.Position = 0;
        var head = buffer[..file.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false)];
        file.Position = 0;
        if (head.IsEmpty) return SpreadsheetRefusals.Empty();
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8)) return ZipKind.Recognise(file, bounds);
        if (head.StartsWith(OleDirectory.Magic)) return OleKind(file);
        if (IsBareBiff(head)) return FileKind.Xls;
        foreach (var (magic, chinese, english) in Others)
        {
            if (head.StartsWith(magic)) return SpreadsheetRefusals.OtherKind(chinese, english);
        }

        return TextKind(head);
    }

    private static Result<FileKind> OleKind(Stream file)
    {
        var names = OleDirectory.Names(file);
        if (names.Contains("EncryptedPackage")) return SpreadsheetRefusals.Encrypted();
        if (names.Contains("Workbook") || names.Contains("Book")) return FileKind.Xls;
        return names.Contains("WordDocument") ? SpreadsheetRefusals.OtherKind("文字文档（.doc 或 .wps）", "a text document (.doc or .wps)")
            : names.Contains("PowerPoint Document") ? SpreadsheetRefusals.OtherKind("演示文稿", "a presentation")
            : SpreadsheetRefusals.NotASheetFile();
    }

    // BOF records of BIFF2 to BIFF8 without a container: each version has its length. A text in UTF-16 may begin with a tab, which is the same two bytes.
    private static bool IsBareBiff(ReadOnlySpan<byte> head) => head.Length > 3 && head[0] == 0x09 && head[3] == 0 && (head[1], head[2]) is (0, 4) or (2 or 4, 6) or (8, 8 or 16);

    private static Result<FileKind> TextKind(ReadOnlySpan<byte> head)
    {
        var isUtf16 = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var start = (isUtf16 ? Encoding.Unicode : Encoding.Latin1).GetString(head).TrimStart('\uFEFF', '\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (start.StartsWith('<'))
        {
            if (start.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.OrdinalIgnoreCase) || start.Contains("<Workbook", StringComparison.Ordinal))
            {
                return SpreadsheetRefusals.OtherKind("“XML 表格 2003”文件", "an \"XML Spreadsheet 2003\"");
            }

            foreach (var tag in (string[])["<html", "<!doctype", "<table", "<meta", "<head", "<body", "<style", "<div"])
            {
                if (start.Contains(tag, StringComparison.OrdinalIgnoreCase)) return SpreadsheetRefusals.OtherKind("网页（HTML）文件", "a web page (HTML)");
            }

            if (start.StartsWith("<?xml", StringComparison.Ordinal)) return SpreadsheetRefusals.OtherKind(" XML 文件", "an XML file");
        }

        return start.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase)
            ? SpreadsheetRefusals.OtherKind("单个文件网页（MHTML）", "a single-file web page (MHTML)")
            : FileKind.Text;
    }
}
