using Liuzhuan.Matching.Delimited.Recognition;

namespace Liuzhuan.Matching.Delimited;

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
    public static DelimitedPreview Read(ReadOnlySpan<byte> head, bool isWhole, TextForm? form = null, char? delimiter = null)
    {
        if (form is null) FormGuess.RefuseBinary(head);
        return Recogniser.Read(head, isWhole, form ?? FormGuess.Of(head, isWhole), delimiter);
    }

    /// <summary>Does the same for a file that can be read anywhere. Where its beginning is plain ASCII or doubtful, looks further on before it settles on an encoding. The position is restored.</summary>
    /// <exception cref="DelimitedException">As above.</exception>
    public static DelimitedPreview Read(Stream seekable, TextForm? form = null, char? delimiter = null)
    {
        var position = seekable.Position;
        try
        {
            var head = FormGuess.ReadAt(seekable, 0, FormGuess.HeadBytes);
            var isWhole = head.Length == seekable.Length;
            if (form is null) FormGuess.RefuseBinary(head);
            return Recogniser.Read(head, isWhole, form ?? FormGuess.Of(head, isWhole, seekable), delimiter);
        }
        finally
        {
            seekable.Position = position;
        }
    }
}

/// <param name="Line">Physical line on which the record starts, from 1.</param>
/// <param name="Cells">Decoded cells, quotes taken off.</param>
public sealed record PreviewRecord(long Line, IReadOnlyList<string> Cells);

