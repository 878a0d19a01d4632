using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Exchange;

/// <summary>What every kind of file needs to be verified.</summary>
internal sealed record VerifyWork(VerifyRequest Request, Register Register, IAnswerPhrases Phrases, ProblemList Problems, Action<VerifyProgress>? Progress, TimeProvider Clock);

/// <summary>What a file was and what came out of it.</summary>
/// <param name="Encoding">utf-8 | utf-8-bom | gb18030 | utf-16le | utf-16be | xlsx | xls.</param>
internal sealed record VerifiedInput(string Encoding, string? Delimiter, IReadOnlyList<ReportSheet> Sheets, BatchSummary Counts)
{
    /// <summary>SHA-256 of the file as it was read, and of the result as it was written, where they were taken in passing; otherwise null.</summary>
    public (string? Input, string? Output) Digests { get; init; }
}
