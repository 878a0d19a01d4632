using System.Text;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Exchange;

/// <summary>Gathers the rows to mend: the first few for the report, all of them for the file that <c>--only problems</c> names (CSV, UTF-8 with byte order mark, so that spreadsheets open it).</summary>
internal sealed class ProblemList : IDisposable
{
    private static readonly UTF8Encoding Utf8Bom = new(encoderShouldEmitUTF8Identifier: true);

    private readonly IAnswerPhrases _phrases;
    private readonly AnswerTexts _texts;
    private readonly int _limit;
    private readonly StreamWriter? _file;
    private readonly List<ReportProblem> _first = [];
    private IReadOnlyList<string>? _headings;
    private int _width;
    private bool _closed;

    /// <param name="phrases">Words of the explanations.</param>
    /// <param name="language">Language of the headings.</param>
    /// <param name="limit">How many rows to keep for the report.</param>
    /// <param name="file">Where to write all rows, or null.</param>
    public ProblemList(IAnswerPhrases phrases, string language, int limit, Stream? file)
    {
        (_phrases, _texts, _limit) = (phrases, AnswerTexts.In(language), limit);
        _file = file is null ? null : new StreamWriter(file, Utf8Bom, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
    }

    public IReadOnlyList<ReportProblem> First => _first;

    /// <summary>Are rows wanted at all? When not, the batch need not even decode them.</summary>
    public bool Wanted => _limit > 0 || _file is not null;

    /// <summary>How many rows are wanted before the rest may be left out.</summary>
    public int Limit => _file is null ? _limit : int.MaxValue;

    /// <summary>Starts a sheet or text file; a heading line is written where the columns change.</summary>
    public void StartSheet(IReadOnlyList<string> headings)
    {
        if (_file is null || _headings is not null && _headings.SequenceEqual(headings)) return;
        if (_headings is not null) _file.WriteLine();
        (_headings, _width) = (headings, headings.Count);
        var (sheet, line, row) = _texts.PlaceHeadings;
        var (verdict, code, fields, notes, explanation) = _texts.Headings;
        WriteLine([sheet, line, row, .. headings, verdict, code, fields, notes, explanation]);
    }

    public void Add(string? sheet, ProblemRow row)
    {
        if (_file is null && _first.Count >= _limit) return;
        var words = _phrases.Describe(row.Answer, row.DuplicateOf);
        if (_first.Count < _limit)
        {
            var codes = string.Join(';', new[] { words.Fields, words.Notes }.Where(part => part.Length > 0));
            _first.Add(new ReportProblem(sheet, row.Line, row.Row, words.Code, codes, words.Explanation));
        }

        if (_file is null) return;
        var padding = Enumerable.Repeat("", Math.Max(0, _width - row.Cells.Count));
        WriteLine([sheet ?? "", row.Line.ToString(), row.Row.ToString(), .. row.Cells, .. padding, words.Verdict, words.Code, words.Fields, words.Notes, words.Explanation]);
    }

    /// <summary>Everything is in the file's stream after this.</summary>
    public void Dispose()
    {
        // A second call must not flush into a file that has been closed since.
        if (!_closed) _file?.Dispose();
        _closed = true;
    }

    private void WriteLine(IEnumerable<string> cells) => _file!.WriteLine(string.Join(',', cells.Select(Quoted)));

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
