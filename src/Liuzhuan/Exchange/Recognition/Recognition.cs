using Liuzhuan.Matching;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Where the header of a sheet or text file stands and what its columns are.</summary>
internal sealed record Recognition
{
    /// <summary>Index of the header among the records looked at.</summary>
    public required int HeaderRecord { get; init; }

    /// <summary>Its line or row in the file, from 1.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>Columns up to the last heading that is not empty.</summary>
    public required int HeaderWidth { get; init; }

    /// <summary>Cells of the header record, empty ones at its end included: in a text file a row may have as many.</summary>
    public required int RecordWidth { get; init; }

    /// <summary>The headings as written, as many as <see cref="HeaderWidth"/>.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    public required QuestionPlan Plan { get; init; }

    /// <summary>The columns that will be read, keys first, then fields in schema order.</summary>
    public required IReadOnlyList<RecognisedColumn> Columns { get; init; }

    /// <summary>Columns of an earlier result, which the new one replaces.</summary>
    public required IReadOnlyList<int> OldResultColumns { get; init; }
}

/// <param name="Name">Schema column, for example <c>id_number</c>.</param>
/// <param name="Index">Column from 0.</param>
/// <param name="Heading">The heading as written.</param>
internal sealed record RecognisedColumn(string Name, int Index, string Heading);
