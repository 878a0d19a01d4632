namespace Liuzhuan.Matching;

/// <summary>The five result cells of one row, as text.</summary>
public readonly record struct AnswerWords(string Verdict, string Code, string Fields, string Notes, string Explanation);

/// <summary>An earlier data row that asked about the same key.</summary>
/// <param name="Row">Its number among the data rows of its sheet, from 1.</param>
/// <param name="Sheet">Name of the sheet, or null in a text file.</param>
/// <param name="Line">Its line (text) or row (sheet) in the file, from 1.</param>
public readonly record struct DuplicateOf(long Row, string? Sheet, long Line);

/// <summary>Turns an answer into words in one language. Implementations must be safe to call from several threads.</summary>
public interface IAnswerPhrases
{
    /// <summary>Headings of the five result columns.</summary>
    AnswerWords Headings { get; }

    /// <summary>The words for one answer; the same answer always gives the same words.</summary>
    AnswerWords Describe(AnswerCore answer, DuplicateOf? duplicateOf);
}
