namespace Liuzhuan.Matching.Delimited;

/// <summary>Encoding of a text file.</summary>
public enum TextForm : byte
{
    Utf8,
    Gb18030,
    Utf16LittleEndian,
    Utf16BigEndian,
}

/// <summary>How a text file is written.</summary>
/// <param name="Form">Its encoding.</param>
/// <param name="HasBom">A byte order mark stands at the start.</param>
/// <param name="Delimiter">Comma, tab, semicolon or vertical bar.</param>
/// <param name="LineEnd">The line end to write where none can be copied: LF, CRLF or CR. CR also says that LF is an ordinary character in this file.</param>
public sealed record DelimitedFormat(TextForm Form, bool HasBom, char Delimiter, string LineEnd);
