using System.Data.Common;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Clocks.Keeping;

/// <summary>The calendars of a database at one moment: the years of the program, and those imported since.</summary>
/// <param name="Count">How often the calendar has been changed by an import.</param>
/// <param name="Entries">How many entries all clocks had at that moment.</param>
/// <param name="ReckonedWith">Digest of the national calendar that the stored due dates were reckoned with.</param>
internal sealed record CalendarSet(long Count, long Entries, string ReckonedWith, IReadOnlyList<CalendarYear> Years)
{
    private readonly Dictionary<string, WorkingCalendar> _made = [];

    /// <summary>The calendar of a division; empty for the whole country.</summary>
    public WorkingCalendar For(string division)
    {
        // Where no year is of a division, all have the calendar of the country.
        var own = Years.Where(year => year.Division.Length > 0 && division.StartsWith(year.Division, StringComparison.Ordinal)).Select(year => year.Division).MaxBy(name => name.Length) ?? "";
        lock (_made)
        {
            if (_made.TryGetValue(own, out var made)) return made;
            return _made[own] = own.Length == 0 && Years.Count == ShippedCalendars.Years.Count ? WorkingCalendar.Shipped : new WorkingCalendar(Years, own);
        }
    }

    /// <summary>With one more year, as it will be after its import.</summary>
    public CalendarSet With(CalendarYear year) => new(Count + 1, Entries, ReckonedWith, [.. Years, year]);
}

/// <summary>Gives the calendars of a database; reads them again only when somebody imported a year.</summary>
internal sealed class CalendarShelf
{
    private CalendarSet? _last;

    public async Task<CalendarSet> LoadAsync(DbConnection connection, CancellationToken stop)
    {
        var (count, entries, digest) = (await connection.ListAsync(null, "select count, entries, digest from calendar_state where id = 1", row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2)), stop))[0];
        if (_last is { } last && last.Count == count) return last with { Entries = entries, ReckonedWith = digest };
        // An import that comes in between is seen here already, and its count the next time.
        var imported = await connection.ListAsync(null, "select content from calendar_years order by number", row => row.GetString(0), stop);
        return _last = new CalendarSet(count, entries, digest, [.. ShippedCalendars.Years, .. imported.Select(Read)]);
    }

    private static CalendarYear Read(string content) => CalendarFile.Read(content, "calendar_years").Ok(out var year, out var refusal) ? year : throw new RefusedException(refusal);
}
