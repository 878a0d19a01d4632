using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Exchange;

/// <summary>One file to verify.</summary>
internal sealed record VerifyRequest
{
    /// <summary>File to read, or null to read CSV from <see cref="InputStream"/>.</summary>
    public string? InputPath { get; init; }

    public Stream? InputStream { get; init; }

    /// <summary>The file's name as the sender knows it; its extension decides between text and spreadsheet.</summary>
    public required string InputName { get; init; }

    /// <summary>File to write (beside it, then renamed), or null to write to <see cref="OutputStream"/>.</summary>
    public string? OutputPath { get; init; }

    public Stream? OutputStream { get; init; }

    /// <summary>The files written are read once, by this process, and then removed: nothing waits for the disk, and none of it need ever reach it.</summary>
    public bool IsPassing { get; init; }

    /// <summary>"zh" or "en": headings, words and sentences of the result.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Encoding of a text file, instead of recognising it.</summary>
    public TextForm? Encoding { get; init; }

    public char? Delimiter { get; init; }

    /// <summary>Column choices where the header is ambiguous: schema column name to a column letter (B), number (2) or heading.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    public DisclosurePolicy Policy { get; init; } = DisclosurePolicy.Full;

    /// <summary>On whose behalf; null for the account that runs the program.</summary>
    public Errand? Errand { get; init; }

    /// <summary>Who wants to know whom the rows were about; null for nobody. To be read when the file is done.</summary>
    public TouchedNumbers? Touched { get; init; }

    public ResultLayout Layout { get; init; } = ResultLayout.Full;

    /// <summary>Where to write the rows to mend, or null.</summary>
    public string? ProblemsPath { get; init; }

    /// <summary>Where to write report.json, or null.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Logs the file before its result is put in place; null only where somebody else does.</summary>
    public RecordBatch? Record { get; init; }

    /// <summary>Somebody wants the digests of input and result.</summary>
    public bool NeedsDigests => ReportPath is not null || Record is not null;

    /// <summary>Recognise only; write nothing.</summary>
    public bool DryRun { get; init; }

    public int Threads { get; init; }

    /// <summary>A register older than this is warned of.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many rows to mend the report lists; 0 for none, which is fastest.</summary>
    public int ProblemLimit { get; init; } = 20;
}

/// <param name="Stage">recognising | verifying | writing.</param>
/// <param name="Share">0 to 1; rough.</param>
/// <param name="Rows">Data rows decided so far.</param>
internal readonly record struct VerifyProgress(string Stage, double Share, long Rows);
