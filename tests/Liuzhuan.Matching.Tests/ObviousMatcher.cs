using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Tests;

/// <summary>The person register's rules, written down a second time as plainly as possible, over a dictionary of text rows.</summary>
internal sealed class ObviousMatcher
{
    private const int Name = 1, Status = 6, Former = 9, SupersededBy = 10;

    private readonly Dictionary<string, List<string[]>> _people = [];
    private readonly KeyContext _context;

    public ObviousMatcher(IEnumerable<string[]> rows, DateTimeOffset asOf)
    {
        _context = new KeyContext(DateOnly.FromDateTime(asOf.AddHours(8).UtcDateTime), NumberRules.Default);
        foreach (var row in rows)
        {
            if (!_people.TryGetValue(row[0], out var records)) _people[row[0]] = records = [];
            records.Add(row);
        }
    }

    /// <summary>Verdict, differing fields and notes as one line of text.</summary>
    public string Ask(string[] question)
    {
        var reason = CitizenNumber.Read(question[0], _context, out var number, out var noted);
        var nameReason = PersonName.Read(question[Name], out var asked, out var nameChanged);
        if ((reason | nameReason) != Reasons.None) return Line("invalid", [], (reason | nameReason).Codes());

        var notes = noted.Codes().ToList();
        var compared = new List<(int Field, FieldReading Reading)>();
        var notCompared = new List<string>();
        for (var field = 1; field <= 5; field++)
        {
            var reading = Comparer(field).Read(question[field]);
            if (reading.Kind == ReadingKind.Value) compared.Add((field, reading));
            if (reading.Kind == ReadingKind.Unreadable) notCompared.Add("not_compared_" + Field(field));
        }

        var key = number.ToString();
        var isSuperseded = false;
        for (var hop = 0; ; hop++)
        {
            var records = _people.GetValueOrDefault(key) ?? [];
            var live = records.Where(record => record[SupersededBy].Length == 0).ToList();
            if (records.Count == 0 && !isSuperseded) return Line("not_in_register", [], [.. notes, .. notCompared]);
            if (records.Count == 0 || hop > 8) return Line("cannot_decide", [], ["incomplete_record", .. Sorted(notes, "superseded_number"), .. notCompared]);
            if (live.Count == 1) return Compare(live[0], question, asked, nameChanged, compared, isSuperseded ? [.. notes, "superseded_number"] : notes, notCompared);
            if (records.Count > 1) return Line("cannot_decide", [], ["duplicate_number", .. isSuperseded ? Sorted(notes, "superseded_number") : notes, .. notCompared]);
            if (records[0][Status] == "changing") return Line("cannot_decide", [], ["change_in_progress", .. Sorted(notes, "superseded_number"), .. notCompared]);
            if (hop == 8) return Line("cannot_decide", [], ["incomplete_record", .. Sorted(notes, "superseded_number"), .. notCompared]);
            isSuperseded = true;
            key = records[0][SupersededBy];
        }
    }

    /// <summary>The engine's answer in the same form.</summary>
    public static string Line(AnswerCore answer, RegisterSchema schema) =>
        Line(answer.Verdict.Code(), answer.DifferingFields(schema), answer.NoteColumn(schema));

    private static string Compare(string[] record, string[] question, string asked, bool nameChanged, List<(int Field, FieldReading Reading)> compared, List<string> notes, List<string> notCompared)
    {
        if (record[Status] == "changing") return Line("cannot_decide", [], ["change_in_progress", .. Sorted(notes), .. notCompared]);
        var differing = new List<string>();
        var open = new List<string>();
        var isIncomplete = false;
        foreach (var (field, reading) in compared)
        {
            Assert.True(Comparer(field).TryReadStored(record[field], out var stored));
            if (stored.Length == 0) isIncomplete = true;
            else if (reading.Canonical != stored && reading.Alternatives?.Contains(stored) != true && Comparer(field).LeavesOpen(reading, stored)) open.Add("not_compared_" + Field(field));
            else if (reading.Canonical != stored && reading.Alternatives?.Contains(stored) != true) differing.Add(Field(field));
            else if (field == Name && question[Name] != record[Name]) notes = [.. notes, "normalised_name"];
            if (field != Name || stored.Length == 0 || reading.Canonical == stored) continue;
            if (nameChanged) notes = [.. notes, "normalised_name"];
            if (record[Former].Split('|').Any(former => PersonName.Read(former, out var canonical, out _) == Reasons.None && canonical == asked)) notes = [.. notes, "former_name"];
            else if (VariantTable.Default.AreVariants(asked, stored)) notes = [.. notes, "variant_characters"];
        }

        notCompared = [.. TestSchemas.Person.Fields.Select(field => "not_compared_" + field.Name).Where(notCompared.Concat(open).Contains)];
        if (record[Status] is "deceased" or "cancelled") notes = [.. notes, record[Status]];
        if (differing.Count > 0) return Line("inconsistent", differing, [.. Sorted(notes), .. notCompared]);
        return isIncomplete ? Line("cannot_decide", [], ["incomplete_record", .. Sorted(notes), .. notCompared]) : Line("consistent", [], [.. Sorted(notes), .. notCompared]);
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> notes, params string[] more) => AnswerCodes.Notes.Where(notes.Concat(more).Contains);

    private static string Line(string verdict, IEnumerable<string> fields, IEnumerable<string> notes) => $"{verdict}|{string.Join(';', fields)}|{string.Join(';', notes)}";

    private static IFieldComparer Comparer(int field) => FieldComparers.Get(TestSchemas.Person.Fields[field - 1].Comparer);

    private static string Field(int field) => TestSchemas.Person.Fields[field - 1].Name;
}
