using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>One record taken as if it were the header: which wanted column would stand where.</summary>
internal sealed class HeaderAttempt
{
    private readonly PreviewRecord _record;
    private readonly List<Candidate> _candidates = [];

    public HeaderAttempt(PreviewRecord record, IReadOnlyList<WantedColumn> wanted, ColumnChoices choices)
    {
        _record = record;
        // The results of an earlier run are nobody's columns.
        var results = OldResults.Find(record.Cells);
        var headings = new HeadingText[record.Cells.Count];
        for (var i = 0; i < headings.Length; i++) headings[i] = results.Contains(i) ? HeadingText.Nothing : HeadingText.Of(record.Cells[i]);
        var taken = new HashSet<int>();
        foreach (var column in wanted)
        {
            if (choices.Has(column) && !choices.LeavesOut(column) && choices.Find(column, record.Cells) is >= 0 and var chosen) taken.Add(chosen);
        }

        foreach (var column in wanted)
        {
            if (!choices.Has(column)) taken.UnionWith(Fitting(headings, column, HeadingFit.Exact));
        }

        foreach (var column in wanted)
        {
            if (choices.LeavesOut(column)) continue;
            _candidates.Add(new Candidate(column, choices.Has(column) ? [choices.Find(column, record.Cells)] : Best(headings, column, taken)));
        }

        KnowsAHeading = Found.Exists(at => at.Column >= 0 && !headings[at.Column].IsEmpty && at.Wanted.Fit(headings[at.Column]) > HeadingFit.None);
    }

    /// <summary>At least one column is called by a synonym of what it is taken for; a row of data may hold such a word elsewhere.</summary>
    public bool KnowsAHeading { get; }

    /// <summary>Every required column has at least one candidate, and every chosen column is there.</summary>
    public bool IsComplete => _candidates.TrueForAll(at => at.Columns.Count > 0 ? at.Columns[0] >= 0 : !at.Wanted.Required);

    /// <summary>Does a number stand where the heading of a key should? A row of data may hold a word that is a heading elsewhere.</summary>
    public bool HoldsData(Func<string, bool> looksLikeData) =>
        Found.Exists(at => at.Wanted.IsKey && looksLikeData(_record.Cells[at.Column]) && at.Wanted.Fit(HeadingText.Of(_record.Cells[at.Column])) == HeadingFit.None);

    /// <summary>The columns found, keys first.</summary>
    public List<FoundColumn> Found => _candidates.FindAll(at => at.Columns.Count > 0).ConvertAll(at => new FoundColumn(at.Wanted, at.Columns[0]));

    /// <summary>Why a complete header still cannot be taken: two candidates for one column, or one for two.</summary>
    public Refusal? Refuse(string? sheet)
    {
        foreach (var (wanted, columns) in _candidates)
        {
            if (columns.Count > 1) return RecognitionRefusals.Ambiguous(sheet, wanted, _record, columns);
        }

        var owners = new Dictionary<int, WantedColumn>();
        foreach (var (wanted, column) in Found)
        {
            if (!owners.TryAdd(column, wanted)) return RecognitionRefusals.SameColumn(sheet, owners[column].Name, wanted.Name, column);
        }

        return null;
    }

    // The strongest fit wins; weaker ones only among columns that nothing else claims outright.
    private static List<int> Best(HeadingText[] headings, WantedColumn column, HashSet<int> taken)
    {
        var exact = Fitting(headings, column, HeadingFit.Exact);

        // 姓名 beside 户主姓名: both may be synonyms, but one of them says that it is somebody else's.
        if (exact.Count > 1 && exact.Exists(i => !ForeignColumns.Owns(headings[i].Full, ""))) exact.RemoveAll(i => ForeignColumns.Owns(headings[i].Full, ""));
        if (exact.Count > 0) return exact;
        foreach (var fit in (HeadingFit[])[HeadingFit.Weak, HeadingFit.Remote])
        {
            var weaker = Fitting(headings, column, fit);
            weaker.RemoveAll(taken.Contains);
            if (weaker.Count > 0) return weaker;
        }

        return [];
    }

    private static List<int> Fitting(HeadingText[] headings, WantedColumn column, HeadingFit fit)
    {
        var fitting = new List<int>();
        for (var i = 0; i < headings.Length; i++)
        {
            if (!headings[i].IsEmpty && column.Fit(headings[i]) == fit) fitting.Add(i);
        }

        return fitting;
    }

    private sealed record Candidate(WantedColumn Wanted, List<int> Columns);
}

/// <summary>A wanted column and where in the file it is.</summary>
internal sealed record FoundColumn(WantedColumn Wanted, int Column);
