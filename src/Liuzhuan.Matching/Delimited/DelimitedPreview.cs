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
/// <param name="LineEnd">The line end to write where none can be copied: LF, CRLF or CR.</param>
public sealed record DelimitedFormat(TextForm Form, bool HasBom, char Delimiter, string LineEnd);

/// <summary>The first records of a text file, decoded, for recognising its header.</summary>
/// <param name="Format">The recognised form.</param>
/// <param name="Records">Up to 200 records.</param>
public sealed record DelimitedPreview(DelimitedFormat Format, IReadOnlyList<PreviewRecord> Records)
{
    /// <summary>Recognises encoding, delimiter and line end from the first bytes of a file.</summary>
    /// <param name="head">The first up to 256 KiB; the whole file when it is smaller.</param>
    /// <param name="isWhole">The head is the whole file.</param>
    /// <param name="form">An encoding to take instead of guessing.</param>
    /// <param name="delimiter">A delimiter to take instead of guessing.</param>
    /// <exception cref="DelimitedException">The bytes are no text in a known encoding (binary_file, encoding_unknown).</exception>
    public static DelimitedPreview Read(ReadOnlySpan<byte> head, bool isWhole, TextForm? form = null, char? delimiter = null) => throw new NotSupportedException("delimited");
}

/// <param name="Line">Physical line on which the record starts, from 1.</param>
/// <param name="Cells">Decoded cells, quotes taken off.</param>
public sealed record PreviewRecord(long Line, IReadOnlyList<string> Cells);

/// <summary>A text file that is refused whole; the message names cause, place and remedy; <see cref="Code"/> is stable.</summary>
public sealed class DelimitedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
