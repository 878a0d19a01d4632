using System.CommandLine;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>The calendar a command goes by: the program's years, and those imported into the database where there is one.</summary>
internal sealed class CalendarPlace
{
    private readonly DataArguments _data;
    private readonly Option<string?> _division;

    public CalendarPlace(Session session, Command command)
    {
        _division = session.Option<string?>("--division", "行政区划代码，加上当地的放假日", "Division code, for its local days off", value: "CODE");
        command.Options.Add(_division);
        _data = new DataArguments(session, command);
    }

    public async Task<Result<WorkingCalendar>> LoadAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!_data.Store(parsed).Ok(out var store, out var refusal)) return refusal;
        await using (store)
        {
            // A question about days needs no database, and makes none; one of an older program has no years of its own yet.
            if (!store.Exists || (await Migrator.MissingAsync(store, stop)).Count > 0) return WorkingCalendar.Shipped;
            await using var connection = await store.OpenAsync(stop);
            return (await new CalendarShelf().LoadAsync(connection, stop)).For(parsed.GetValue(_division) ?? "");
        }
    }
}
