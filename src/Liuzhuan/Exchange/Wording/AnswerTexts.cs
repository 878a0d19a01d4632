namespace Liuzhuan.Exchange.Wording;

/// <summary>The words of one language for every code an answer can carry. A missing entry is a fault; a test asks for all of them.</summary>
internal abstract class AnswerTexts
{
    /// <summary>Headings of the five result columns, in order.</summary>
    public abstract (string Verdict, string Code, string Fields, string Notes, string Explanation) Headings { get; }

    /// <summary>Headings put before the original columns in the file of rows to mend: sheet, line, data row.</summary>
    public abstract (string Sheet, string Line, string Row) PlaceHeadings { get; }

    /// <summary>The word for each verdict code.</summary>
    public abstract IReadOnlyDictionary<string, string> Verdicts { get; }

    /// <summary>Cause and remedy for each reason code, without the final stop.</summary>
    public abstract IReadOnlyDictionary<string, string> Reasons { get; }

    /// <summary>What each note means and what to do, without the final stop.</summary>
    public abstract IReadOnlyDictionary<string, string> Notes { get; }

    public abstract string Consistent { get; }

    /// <summary>Ends every sentence.</summary>
    public abstract string Stop { get; }

    public abstract string Inconsistent(IReadOnlyList<string> labels, bool ofPersons);

    public abstract string NotInRegister(bool ofPersons);

    public abstract string NotCompared(IReadOnlyList<string> labels);

    /// <summary>For fields that whoever asks may not know of for this person.</summary>
    public abstract string LeftOut(IReadOnlyList<string> labels);

    public abstract string RepeatsRow(long row, string? sheet, long line);

    /// <summary>Chooses a column's label among its headings: the first in this language.</summary>
    public abstract bool IsLabel(string heading);

    /// <summary>The texts of "en", or of Chinese for anything else.</summary>
    public static AnswerTexts In(string language) => language == "en" ? EnglishTexts.Instance : ChineseTexts.Instance;
}
