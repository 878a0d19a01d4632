using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Directories.Entries;

/// <summary>One entry of the directory as it is stored: a value for each column that is filled, each in the one way it is kept.</summary>
internal sealed class Entry(EntryKind kind, IReadOnlyDictionary<string, string> values)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public EntryKind Kind { get; } = kind;

    /// <summary>What tells it apart from others of its kind.</summary>
    public string Key { get; } = KeyOf(kind, values);

    /// <summary>The value of a column; empty when it has none.</summary>
    public string this[string column] => values.GetValueOrDefault(column, "");

    /// <summary>The value of a column; null when it has none.</summary>
    public string? Filled(string column) => values.GetValueOrDefault(column);

    public DateOnly? Day(string column) => Filled(column) is { } text ? DateOnly.ParseExact(text, CalendarText.DayForm, CultureInfo.InvariantCulture) : null;

    /// <summary>Is it in force on a day? Leave has its own days and always is.</summary>
    public bool IsInForce(DateOnly day) => (Day("valid_from") is not { } from || from <= day) && (Day("valid_to") is not { } to || day < to);

    /// <summary>With a value set to something else; empty takes it away.</summary>
    public Entry With(string column, string value)
    {
        var changed = values.ToDictionary();
        if (value.Length == 0) changed.Remove(column);
        else changed[column] = value;
        return new Entry(Kind, changed);
    }

    /// <summary>Columns in which two versions differ.</summary>
    public IEnumerable<EntryColumn> DifferencesFrom(Entry other) => Kind.Columns.Where(column => this[column.Id] != other[column.Id]);

    /// <summary>As JSON with the columns in the order of the kind, so that equal entries give equal bytes.</summary>
    public string Write() => JsonSerializer.Serialize(Kind.Columns.Where(column => Filled(column.Id) is not null).ToDictionary(column => column.Id, column => this[column.Id]), Plain);

    public static Entry Read(EntryKind kind, string content) => new(kind, JsonSerializer.Deserialize<Dictionary<string, string>>(content, Plain) ?? []);

    public static string KeyOf(EntryKind kind, IReadOnlyDictionary<string, string> values) => string.Join('/', kind.Keys.Select(column => values.GetValueOrDefault(column.Id, "")));
}
