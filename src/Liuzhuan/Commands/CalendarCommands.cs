using System.CommandLine;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>calendar</c>: which days are worked, and when something is due, told day by day.</summary>
internal static class CalendarCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("calendar", "工作日历：放假安排、到期日的逐日计算", "Working days: notices of days off, due dates reckoned day by day");
        command.Subcommands.Add(Show(session));
        command.Subcommands.Add(Due(session));
        command.Subcommands.Add(Import(session));
        return command;
    }

    private static Command Show(Session session)
    {
        var command = session.Command("show", "列出一年的放假和调休安排", "Lists a year's days off and the weekend days worked instead");
        var year = session.Argument<int>("YEAR", "年份", "The year");
        command.Arguments.Add(year);
        var place = new CalendarPlace(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            var asked = parsed.GetValue(year);
            if (asked < WorkingCalendar.First.Year || asked > WorkingCalendar.Last.Year) return session.Refuse(NoYear);
            if (!(await place.LoadAsync(parsed, stop)).Ok(out var calendar, out var refusal)) return session.Refuse(refusal);
            Tell(session, calendar, asked);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Due(Session session)
    {
        var command = session.Command("due", "计算到期日，并逐日说明怎样得出", "Reckons a due date and says day by day how");
        var (arguments, place) = (new DueArguments(session, command), new CalendarPlace(session, command));
        command.SetAction(async (parsed, stop) =>
        {
            if (!arguments.Read(parsed).Ok(out var asked, out var refusal)) return session.Refuse(refusal);
            if (!(await place.LoadAsync(parsed, stop)).Ok(out var calendar, out refusal)) return session.Refuse(refusal);
            Tell(session, ReadClock.Of(asked.Rule, asked.Entries, calendar));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Import(Session session)
    {
        var command = session.Command("import", "导入一年的放假通知，并重算受影响的时限", "Imports a year's notice and computes the clocks that it changes again");
        var file = session.Argument<string>("FILE", "日历文件，写法见 docs/clocks.md", "The calendar file; docs/clocks.md shows the form");
        var dry = session.Option<bool>("--dry-run", "只列出会改变的时限，不导入", "Only list the clocks it would change; import nothing");
        command.Arguments.Add(file);
        command.Options.Add(dry);
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            if (!CalendarFile.Read(await File.ReadAllTextAsync(path, stop), Path.GetFileName(path)).Ok(out var year, out var refusal)) return session.Refuse(refusal);
            if (!data.Options(parsed).Ok(out var options, out refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                var import = new RecalculateClocks(opened.Store, opened.Ledger, new CalendarShelf(), session.Terminal.Clock);
                if (!(await import.ImportAsync(year, parsed.GetValue(dry), OpenedData.Actor, stop)).Ok(out var changes, out refusal)) return session.Refuse(refusal);
                foreach (var change in changes) session.Terminal.Out.WriteLine($"{change.Id}  {End(session, change.From, change.WasProvisional)} -> {End(session, change.Reading.Due, change.Reading.IsProvisional)}  {change.Rule.Name.In(session.Language)}");
                session.Terminal.Out.WriteLine(parsed.GetValue(dry)
                    ? session.Say($"{year.Year} 年的放假安排会改变 {changes.Count} 个时限；什么都没有导入。", $"The notice of {year.Year} would change {changes.Count} clocks; nothing was imported.")
                    : session.Say($"已导入 {year.Year} 年的放假安排（{year.Notice.Number}），改变了 {changes.Count} 个时限。", $"Imported the notice of {year.Year} ({year.Notice.Number}); it changed {changes.Count} clocks."));
                return ExitCodes.Done;
            }
        });
        return command;
    }

    /// <summary>A due date in a list.</summary>
    public static string End(Session session, DateOnly? due, bool isProvisional) =>
        due is { } day ? $"{day:yyyy-MM-dd}{(isProvisional ? session.Say("（暂定）", " (provisional)") : "")}" : session.Say("未定", "open");

    /// <summary>The arithmetic of a clock, a sentence a line.</summary>
    public static void Tell(Session session, ClockReading reading)
    {
        foreach (var step in ClockArithmetic.Steps(reading)) session.Terminal.Out.WriteLine(ClockWords.Of(step, reading).In(session.Language));
    }

    private static readonly Refusal NoYear = new("calendar.year",
        $"日历只覆盖 {WorkingCalendar.First.Year} 至 {WorkingCalendar.Last.Year} 年：请换一个年份。",
        $"The calendar covers {WorkingCalendar.First.Year} to {WorkingCalendar.Last.Year}: choose one of these years.");

    private static void Tell(Session session, WorkingCalendar calendar, int year)
    {
        var output = session.Terminal.Out;
        if (calendar.Published(year) is { Notice: var notice })
        {
            output.WriteLine(session.Say($"{year} 年：{notice.Title}", $"{year}: {notice.Title}"));
            var doubt = notice.Unverified.Count == 0 ? "" : session.Say($"（{string.Join("、", notice.Unverified.Select(part => CalendarTexts.PartOf(part).Zh))}未见原件）", $" (not seen in the notice itself: {string.Join(", ", notice.Unverified.Select(part => CalendarTexts.PartOf(part).En))})");
            output.WriteLine($"  {notice.Number}{session.Say("，", ", ")}{notice.Date:yyyy-MM-dd}{doubt}");
            output.WriteLine($"  {notice.Source}");
        }
        else
        {
            output.WriteLine(session.Say($"{year} 年：放假安排尚未公布，以下按法定节假日推算，为暂定；公布后请用 calendar import 导入。", $"{year}: the notice is not published. What follows is provisional, reckoned by the statutory holidays; import the notice with \"calendar import\" when it comes."));
        }

        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(i => calendar.Day(new DateOnly(year, 1, 1).AddDays(i))).ToList();
        foreach (var (from, to) in Runs(days.Where(day => day.Kind == DayKind.Holiday).ToList()))
        {
            var until = from == to ? "" : session.Say($" 至 {ClockWords.Day(to.Date).Zh}", $" to {ClockWords.Day(to.Date).En}");
            output.WriteLine(session.Say("放假  ", "off   ") + ClockWords.Day(from.Date).In(session.Language) + until + $"  {from.Holiday?.In(session.Language)}");
        }

        foreach (var day in days.Where(day => day.Kind == DayKind.MakeUp)) output.WriteLine(session.Say("上班  ", "work  ") + ClockWords.Day(day.Date).In(session.Language) + $"  {day.Holiday?.In(session.Language)}");
        output.WriteLine(session.Say($"全年 {days.Count(day => day.IsWorking)} 个工作日", $"{days.Count(day => day.IsWorking)} working days"));
    }

    private static IEnumerable<(CalendarDay From, CalendarDay To)> Runs(List<CalendarDay> days)
    {
        for (var i = 0; i < days.Count;)
        {
            var last = i;
            while (last + 1 < days.Count && days[last + 1].Date == days[last].Date.AddDays(1) && days[last + 1].Holiday == days[i].Holiday) last++;
            yield return (days[i], days[last]);
            i = last + 1;
        }
    }
}
