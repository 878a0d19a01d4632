using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>The result cells of one row as they stand in the file: each after a delimiter, quoted where needed, in working bytes.</summary>
internal sealed class ResultCells(TextForm form, char delimiter, ResultLayout layout)
{
    private readonly char[] _needQuotes = [delimiter, '"', '\r', '\n'];

    public byte[] Encode(AnswerWords words)
    {
        string[] cells = layout == ResultLayout.Full
            ? [words.Verdict, words.Code, words.Fields, words.Notes, words.Explanation]
            : [words.Code, words.Fields, words.Notes];
        return form.Encode(string.Concat(cells.Select(cell => delimiter + Quoted(cell))));
    }

    private string Quoted(string cell) => cell.AsSpan().IndexOfAny(_needQuotes) < 0 ? cell : "\"" + cell.Replace("\"", "\"\"") + "\"";
}
