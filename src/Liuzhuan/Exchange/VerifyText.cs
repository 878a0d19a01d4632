using System.Buffers;
using System.Text;
using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange;

/// <summary>Verifies a delimited text file: recognises its form and header from the first block, then runs the batch.</summary>
internal static class VerifyText
{
    private const int HeadBytes = 256 << 10;
    private const string Delimiters = ",\t;|";

    public static Result<VerifiedInput> Run(VerifyWork work, Stream input, Stream output, CancellationToken stop)
    {
        var request = work.Request;
        work.Progress?.Invoke(new VerifyProgress("recognising", 0, 0));
        if (input.CanSeek && NotText(input, request.InputName) is { } unfit) return unfit;
        // Used again, and wiped: fresh memory for it costs a short file more than recognising it.
        var head = ArrayPool<byte>.Shared.Rent(HeadBytes);
        try
        {
            var length = input.ReadAtLeast(head.AsSpan(0, HeadBytes), HeadBytes, throwOnEndOfStream: false);
            return Run(work, input, output, head, length, stop);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head, clearArray: true);
        }
    }

    private static Result<VerifiedInput> Run(VerifyWork work, Stream input, Stream output, byte[] head, int length, CancellationToken stop)
    {
        var request = work.Request;
        // Where the beginning is plain ASCII, what comes later tells the encoding.
        var isOpen = length == HeadBytes && request.Encoding is null && input.CanSeek && Ascii.IsValid(head.AsSpan(0, length));
        var preview = isOpen ? DelimitedPreview.Read(input, form: null, request.Delimiter) : DelimitedPreview.Read(head.AsSpan(0, length), length < HeadBytes, request.Encoding, request.Delimiter);
        if (!HeaderRecogniser.Recognise(preview.Records, work.Register.Schema, request.Columns).Ok(out var header, out var refusal))
        {
            if (refusal.Code is not (RecognitionRefusals.NoHeaderCode or RecognitionRefusals.ColumnNotFoundCode or RecognitionRefusals.HeaderRequiredCode)
                || Divided(work, head.AsSpan(0, length), length < HeadBytes, preview.Format) is not { } otherwise) return refusal;
            (preview, header) = otherwise;
        }

        var counts = new BatchSummary();
        (string?, string?) digests = default;
        if (!request.DryRun)
        {
            var whole = input.CanSeek ? input : new RewoundStream(head, length, input);
            work.Problems.StartSheet(header.Headings);
            // Each block is hashed while it is in the processor's cache; to read both files again would cost more than the hashing.
            using var read = request.NeedsDigests && input.CanSeek ? new HashedStream(input, startsOver: true) : null;
            using var written = request.NeedsDigests && output is not HashedStream ? new HashedStream(output) : null;
            counts = DelimitedBatch.Run(Job(work, read ?? whole, written ?? output, preview.Format, header), stop);
            digests = (read?.Digest, written?.Digest);
        }

        var sheet = new ReportSheet(null, "verified", header.HeaderLine, counts.Rows, Columns(header));
        return new VerifiedInput(EncodingName(preview.Format), preview.Format.Delimiter.ToString(), [sheet], counts) { Digests = digests };
    }

    // The delimiter that divides a file most evenly is not its own where its cells hold more of another: a remark with commas in a file with tabs.
    private static (DelimitedPreview Preview, Recognition.Recognition Header)? Divided(VerifyWork work, ReadOnlySpan<byte> head, bool isWhole, DelimitedFormat taken)
    {
        if (work.Request.Delimiter is not null) return null;
        foreach (var delimiter in Delimiters)
        {
            if (delimiter == taken.Delimiter) continue;
            var preview = DelimitedPreview.Read(head, isWhole, taken.Form, delimiter);
            if (HeaderRecogniser.Recognise(preview.Records, work.Register.Schema, work.Request.Columns).Ok(out var header, out _)) return (preview, header);
        }

        return null;
    }

    /// <summary>The recognised columns as the report names them.</summary>
    public static IReadOnlyList<ReportColumn> Columns(Recognition.Recognition header) =>
        [.. header.Columns.Select(column => new ReportColumn(column.Name, ColumnName.Of(column.Index), column.Heading))];

    private static DelimitedJob Job(VerifyWork work, Stream input, Stream output, DelimitedFormat format, Recognition.Recognition header) => new()
    {
        Input = input,
        Output = output,
        Format = format,
        HeaderRecord = header.HeaderRecord,
        HeaderWidth = header.RecordWidth,
        OldResultColumns = header.OldResultColumns,
        Plan = header.Plan,
        Register = work.Register,
        Policy = work.Request.Policy,
        Phrases = work.Phrases,
        Layout = work.Request.Layout,
        Touched = work.Request.Touched,
        Threads = work.Request.Threads,
        Progress = work.Progress is { } tell ? done => tell(new VerifyProgress("verifying", done.TotalBytes > 0 ? (double)done.Bytes / done.TotalBytes : 0, done.Rows)) : null,
        ProblemLimit = work.Problems.Limit,
        Problem = work.Problems.Wanted ? row => work.Problems.Add(null, row) : null,
    };

    private static string EncodingName(DelimitedFormat format) => format switch
    {
        { Form: TextForm.Utf8, HasBom: true } => "utf-8-bom",
        { Form: TextForm.Utf8 } => "utf-8",
        { Form: TextForm.Gb18030 } => "gb18030",
        { Form: TextForm.Utf16LittleEndian } => "utf-16le",
        { Form: TextForm.Utf16BigEndian } => "utf-16be",
        _ => throw new InvalidOperationException($"There is no name for {format.Form}."),
    };

    private static Refusal? NotText(Stream input, string name) =>
        !FileKinds.Recognise(input, new SpreadsheetBounds()).Ok(out var kind, out var refusal) ? refusal
        : kind == FileKind.Text ? null
        : SpreadsheetInDisguise(name);

    private static Refusal SpreadsheetInDisguise(string name) => new(
        "input.kind",
        $"{Path.GetFileName(name)} 的内容是电子表格，扩展名却是文本：请把扩展名改成 .xlsx 或 .xls 后重试。",
        $"{Path.GetFileName(name)} is a spreadsheet under a text extension: rename it to .xlsx or .xls and try again.");
}
