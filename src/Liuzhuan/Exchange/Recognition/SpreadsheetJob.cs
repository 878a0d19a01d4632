using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Decides one row; one text per plan slot, null when the cell is empty.</summary>
/// <param name="duplicateKey">Equal exactly for rows with the same valid key; 0 without one.</param>
internal delegate AnswerCore RowDecider(ReadOnlySpan<string?> cells, out ulong duplicateKey);

/// <summary>What to do with one workbook.</summary>
internal sealed record SpreadsheetJob
{
    /// <summary>File to read; .xlsx, .xlsm or .xls by content, whatever its name says.</summary>
    public required string InputPath { get; init; }

    public required RegisterSchema Schema { get; init; }

    /// <summary>Makes the decider for one sheet's plan.</summary>
    public required Func<QuestionPlan, RowDecider> Decide { get; init; }

    public required IAnswerPhrases Phrases { get; init; }

    /// <summary>Column choices; see <see cref="HeaderRecogniser"/>.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    public SpreadsheetBounds Bounds { get; init; } = new();

    /// <summary>Called now and then.</summary>
    public Action<BatchProgress>? Progress { get; init; }

    /// <summary>Called with the sheet's name before the rows of a verified sheet.</summary>
    public Action<string, Recognition>? Begun { get; init; }

    /// <summary>Called with the sheet's name, in row order, for each data row that is not consistent.</summary>
    public Action<string, ProblemRow>? Problem { get; init; }

    /// <summary>The instant that stands as modification time inside the written package.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>Decides rows against an open register.</summary>
    public static Func<QuestionPlan, RowDecider> Against(Register register, DisclosurePolicy policy, TouchedNumbers? touched = null) =>
        plan => new Matcher(register, plan, policy, touched, cellsAreTyped: true).Ask;
}

/// <summary>What became of one sheet.</summary>
/// <param name="State">verified | hidden | no_header.</param>
/// <param name="Recognition">Header and columns of a verified sheet, or null.</param>
/// <param name="Summary">Its counts; all zero where it was only copied.</param>
internal sealed record SheetOutcome(string Name, string State, Recognition? Recognition, BatchSummary Summary)
{
    public const string Verified = "verified", Hidden = "hidden", NoHeader = "no_header";
}

/// <summary>What became of a workbook.</summary>
/// <param name="Encoding">xlsx | xls.</param>
internal sealed record SpreadsheetOutcome(string Encoding, IReadOnlyList<SheetOutcome> Sheets);
