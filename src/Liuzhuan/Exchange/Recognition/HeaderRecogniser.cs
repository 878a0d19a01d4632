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

    private const int DigitsOfData = 6, DigitsOfNumber = 12, DigitsOfPerson = 15;

    /// <summary>Recognises the header, or refuses with what was seen and how to choose.</summary>
    /// <param name="firstRecords">The first records, as many as there are or up to <see cref="Records"/>.</param>
    /// <param name="choices">Schema column to letter, number from 1, or heading; <c>-</c> leaves an optional column out.</param>
    /// <param name="sheet">Name of the sheet for sentences, or null in a text file.</param>
    public static Result<Recognition> Recognise(IReadOnlyList<PreviewRecord> firstRecords, RegisterSchema schema, IReadOnlyDictionary<string, string> choices, string? sheet = null)
    {
        var wanted = WantedColumn.Of(schema);
        if (!ColumnChoices.Of(choices, wanted).Ok(out var chosen, out var refusal)) return refusal;
        PreviewRecord[] records = [.. firstRecords.Take(Records)];

        // A line with a heading that we know comes before two that are one together, and both before a line that only choices by letter make a header.
        // Last comes a line in which a person's number stands beside the headings, as where a form says who filled it in.
        var (byPlace, ofForm) = (-1, -1);
        for (var i = 0; i < records.Length; i++)
        {
            var attempt = new HeaderAttempt(records[i], wanted, chosen);
            if (!attempt.IsComplete || attempt.HoldsData(LooksLikeData)) continue;
            if (attempt.KnowsAHeading && !records[i].Cells.Any(IsOfPerson)) return Accept(records[i], i, attempt, schema, sheet);
            if (attempt.KnowsAHeading && ofForm < 0) ofForm = i;
            else if (!attempt.KnowsAHeading && byPlace < 0) byPlace = i;
        }

        for (var i = 1; i < records.Length; i++)
        {
            if (HeaderLines.Join(records[i - 1], records[i], ofSheet: sheet is not null) is { } joined && new HeaderAttempt(joined, wanted, chosen) is { IsComplete: true, KnowsAHeading: true } attempt && !attempt.HoldsData(LooksLikeData))
                return Accept(joined, i, attempt, schema, sheet);
        }

        if (ofForm >= 0) return Accept(records[ofForm], ofForm, new HeaderAttempt(records[ofForm], wanted, chosen), schema, sheet);
        if (chosen.Unfulfilled(wanted, records.Select(record => record.Cells)) is { } missing) return RecognitionRefusals.ColumnNotFound(missing.Name, missing.Value);
        var places = wanted.Select(column => (Column: column, Index: chosen.PlaceOf(column, records.Select(record => record.Cells)))).Where(place => place.Index >= 0).ToList();
        if (ByPlace(records, places, sheet).Ok(out var line, out refusal))
        {
            // Among several sheets, one without a number where numbers should stand is not the list.
            var header = line.Index >= 0 ? line.Index : byPlace >= 0 && (sheet is null || chosen.Names(wanted, records[byPlace].Cells)) ? byPlace : -1;
            if (header < 0) return RecognitionRefusals.NoHeader(sheet, wanted, records);
            var placed = new HeaderAttempt(HeaderLines.Named(records[header], places.ConvertAll(place => place.Index)), wanted, chosen);
            return placed.IsComplete ? Accept(records[header], header, placed, schema, sheet) : RecognitionRefusals.NoHeader(sheet, wanted, records);
        }

        return refusal;
    }

    // The one line above the first number that may be the header; none (-1) where no number stands in a place that was chosen. A person must never be taken for it.
    private static Result<HeaderPlace> ByPlace(PreviewRecord[] records, List<(WantedColumn Column, int Index)> places, string? sheet)
    {
        var keys = places.Where(place => place.Column.IsKey).Select(place => place.Index).ToList();
        bool Any(PreviewRecord record, Func<string, bool> looks) => keys.Exists(index => index < record.Cells.Count && looks(record.Cells[index]));
        var firstData = Array.FindIndex(records, record => Any(record, IsNumber));
        if (firstData < 0) return new HeaderPlace(-1);
        var above = Enumerable.Range(0, firstData).Where(i => records[i].Cells.Any(cell => !RowKinds.IsBlank(cell)) && !Any(records[i], LooksLikeData)).ToList();
        var full = above.FindAll(i => places.TrueForAll(place => place.Index < records[i].Cells.Count && !RowKinds.IsBlank(records[i].Cells[place.Index])));
        return (full.Count > 0 ? full : above) switch
        {
            [] => RecognitionRefusals.NotAHeader(sheet, records[firstData], [.. places.Select(place => place.Column)]),
            [var only] => new HeaderPlace(only),
            var several => RecognitionRefusals.SeveralLines(sheet, [.. several.Select(i => records[i])]),
        };
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

        var old = new List<int>(OldResults.Find(record.Cells));
        foreach (var column in columns) old.Remove(column.Index);
        var width = HeaderLines.Width(record);
        return new Recognition
        {
            HeaderRecord = index,
            HeaderLine = record.Line,
            HeaderWidth = width,
            RecordWidth = record.Cells.Count,
            Headings = [.. record.Cells.Take(width)],
            Plan = new QuestionPlan(schema, keys, fields),
            Columns = columns,
            OldResultColumns = old,
        };
    }

    private static bool LooksLikeData(string cell) => cell.Count(char.IsDigit) >= DigitsOfData;

    // More than a telephone number or a date in a title has.
    private static bool IsNumber(string cell) => cell.Count(char.IsDigit) >= DigitsOfNumber;

    private static bool IsOfPerson(string cell) => cell.Count(char.IsDigit) >= DigitsOfPerson;

    private sealed record HeaderPlace(int Index);
}
