using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Finds the header among the first lines of a file, below title lines, and tells which column holds what.</summary>
internal static class HeaderRecogniser
{
    /// <summary>How many records are looked at.</summary>
    public const int Records = 50;

    private const int DigitsOfData = 6;

    /// <summary>Recognises the header, or refuses with what was seen and how to choose.</summary>
    /// <param name="firstRecords">The first records, as many as there are or up to <see cref="Records"/>.</param>
    /// <param name="choices">Schema column to letter, number from 1, or heading; <c>-</c> leaves an optional column out.</param>
    /// <param name="sheet">Name of the sheet for sentences, or null in a text file.</param>
    public static Result<Recognition> Recognise(IReadOnlyList<PreviewRecord> firstRecords, RegisterSchema schema, IReadOnlyDictionary<string, string> choices, string? sheet = null)
    {
        var wanted = WantedColumn.Of(schema);
        if (!ColumnChoices.Of(choices, wanted).Ok(out var chosen, out var refusal)) return refusal;
        PreviewRecord[] records = [.. firstRecords.Take(Records)];

        // A line with at least one heading that we know comes before a line that only choices by letter make a header.
        var byPlace = -1;
        for (var i = 0; i < records.Length; i++)
        {
            var attempt = new HeaderAttempt(records[i], wanted, chosen);
            if (!attempt.IsComplete) continue;
            if (attempt.KnowsAHeading) return Accept(records[i], i, attempt, schema, sheet);
            if (byPlace < 0) byPlace = i;
        }

        if (chosen.Unfulfilled(wanted, records.Select(record => record.Cells)) is { } missing) return RecognitionRefusals.ColumnNotFound(missing.Name, missing.Value);
        if (byPlace < 0) return RecognitionRefusals.NoHeader(sheet, wanted, records);
        var placed = new HeaderAttempt(records[byPlace], wanted, chosen);
        return placed.Columns(column => column.IsKey).Exists(index => LooksLikeData(records[byPlace].Cells[index]))
            ? RecognitionRefusals.NotAHeader(sheet, records[byPlace], wanted)
            : Accept(records[byPlace], byPlace, placed, schema, sheet);
    }

    private static Result<Recognition> Accept(PreviewRecord record, int index, HeaderAttempt attempt, RegisterSchema schema, string? sheet)
    {
        if (attempt.Refuse(sheet) is { } refusal) return refusal;
        var keys = new int[schema.Keys.Count];
        var fields = new int[schema.Fields.Count];
        Array.Fill(fields, -1);
        var columns = new List<RecognisedColumn>();
        foreach (var (wanted, column) in attempt.Found)
        {
            (wanted.IsKey ? keys : fields)[wanted.SchemaIndex] = column;
            columns.Add(new RecognisedColumn(wanted.Name, column, record.Cells[column]));
        }

        var width = record.Cells.Count;
        while (width > 0 && RowKinds.IsBlank(record.Cells[width - 1])) width--;
        return new Recognition
        {
            HeaderRecord = index,
            HeaderLine = record.Line,
            HeaderWidth = width,
            RecordWidth = record.Cells.Count,
            Headings = [.. record.Cells.Take(width)],
            Plan = new QuestionPlan(schema, keys, fields),
            Columns = columns,
            OldResultColumns = [.. OldResults.Find(record.Cells).Where(old => columns.TrueForAll(column => column.Index != old))],
        };
    }

    private static bool LooksLikeData(string cell) => cell.Count(char.IsDigit) >= DigitsOfData;
}
