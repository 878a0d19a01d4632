using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>What the user said about columns: <c>name=B</c>, <c>name=2</c>, <c>name=申请人姓名</c>, or <c>sex=-</c> to leave a column out.</summary>
internal sealed class ColumnChoices
{
    private const string LeaveOut = "-";

    private readonly Dictionary<string, string> _choices = new(StringComparer.OrdinalIgnoreCase);

    private ColumnChoices() { }

    /// <summary>Checks that every chosen name is a column of the schema.</summary>
    public static Result<ColumnChoices> Of(IReadOnlyDictionary<string, string> choices, IReadOnlyList<WantedColumn> wanted)
    {
        var read = new ColumnChoices();
        foreach (var (name, value) in choices)
        {
            var column = wanted.FirstOrDefault(column => column.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (column is null) return RecognitionRefusals.UnknownColumn(name, wanted);
            if (value.Trim().Length == 0 || (value.Trim() == LeaveOut && column.Required)) return RecognitionRefusals.ColumnNotFound(column.Name, value);
            read._choices[column.Name] = value.Trim();
        }

        return read;
    }

    public bool Has(WantedColumn column) => _choices.ContainsKey(column.Name);

    public bool LeavesOut(WantedColumn column) => _choices.TryGetValue(column.Name, out var value) && value == LeaveOut;

    /// <summary>The first choice that fits none of the records, or null.</summary>
    public (string Name, string Value)? Unfulfilled(IReadOnlyList<WantedColumn> wanted, IEnumerable<IReadOnlyList<string>> records)
    {
        foreach (var column in wanted)
        {
            if (Has(column) && !LeavesOut(column) && records.All(record => Find(column, record) < 0)) return (column.Name, _choices[column.Name]);
        }

        return null;
    }

    /// <summary>The chosen column in a record that may be the header, or -1. A heading comes before a letter, so that ID means the heading.</summary>
    public int Find(WantedColumn column, IReadOnlyList<string> record) =>
        Heading(_choices[column.Name], record) is >= 0 and var named ? named
        : ColumnName.TryRead(_choices[column.Name], out var index) && index < record.Count && !string.IsNullOrWhiteSpace(record[index]) ? index : -1;

    /// <summary>The column that was chosen by letter or number, from 0; -1 where nothing was chosen, or a heading that one of these records has.</summary>
    public int PlaceOf(WantedColumn column, IEnumerable<IReadOnlyList<string>> records) =>
        Has(column) && !LeavesOut(column) && records.All(record => Heading(_choices[column.Name], record) < 0) && ColumnName.TryRead(_choices[column.Name], out var index) ? index : -1;

    /// <summary>Does a record hold a heading that was chosen as it is written?</summary>
    public bool Names(IReadOnlyList<WantedColumn> wanted, IReadOnlyList<string> record) => wanted.Any(column => Has(column) && !LeavesOut(column) && Heading(_choices[column.Name], record) >= 0);

    private static int Heading(string value, IReadOnlyList<string> record)
    {
        for (var i = 0; i < record.Count; i++)
        {
            if (record[i].Trim() == value) return i;
        }

        var bare = HeadingText.Of(value).Full;
        for (var i = 0; bare.Length > 0 && i < record.Count; i++)
        {
            if (HeadingText.Of(record[i]).Full == bare && !(bare.Length == 1 && char.IsAscii(bare[0]))) return i;
        }

        return -1;
    }
}
