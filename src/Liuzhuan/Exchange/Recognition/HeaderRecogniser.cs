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

        // What holds numbers where the user says that they stand is no header, nor is anything below it.
        var places = wanted.Select(column => (Column: column, Index: chosen.PlaceOf(column, records.Select(record => record.Cells)))).Where(place => place.Index >= 0).ToList();
        var firstData = Array.FindIndex(records, record => places.Exists(place => place.Column.IsKey && place.Index < record.Cells.Count && LooksLikeData(record.Cells[place.Index])));
        var above = records[..(firstData < 0 ? records.Length : firstData)];

        // A line with at least one heading that we know comes before two that are one together, and both before a line that only choices by letter make a header.
        var byPlace = -1;
        for (var i = 0; i < above.Length; i++)
        {
            var attempt = new HeaderAttempt(above[i], wanted, chosen);
            if (!attempt.IsComplete || attempt.HoldsData(LooksLikeData)) continue;
            if (attempt.KnowsAHeading) return Accept(above[i], i, attempt, schema, sheet);
            if (byPlace < 0) byPlace = i;
        }

        for (var i = 1; i < above.Length; i++)
        {
            if (HeaderLines.Join(above[i - 1], above[i]) is { } joined && new HeaderAttempt(joined, wanted, chosen) is { IsComplete: true, KnowsAHeading: true } attempt && !attempt.HoldsData(LooksLikeData))
                return Accept(joined, i, attempt, schema, sheet);
        }

        if (chosen.Unfulfilled(wanted, records.Select(record => record.Cells)) is { } missing) return RecognitionRefusals.ColumnNotFound(missing.Name, missing.Value);
        if (firstData >= 0)
        {
            // The line above the first person, whatever it says.
            var header = Array.FindLastIndex(above, record => record.Cells.Any(cell => !RowKinds.IsBlank(cell)));
            if (header < 0) return RecognitionRefusals.NotAHeader(sheet, records[firstData], wanted);
            var placed = new HeaderAttempt(HeaderLines.Named(above[header], places.ConvertAll(place => place.Index)), wanted, chosen);
            return placed.IsComplete ? Accept(above[header], header, placed, schema, sheet) : RecognitionRefusals.NoHeader(sheet, wanted, records);
        }

        // Among several sheets, one without a number where numbers should stand is not the list.
        return byPlace < 0 || sheet is not null ? RecognitionRefusals.NoHeader(sheet, wanted, records) : Accept(above[byPlace], byPlace, new HeaderAttempt(above[byPlace], wanted, chosen), schema, sheet);
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
