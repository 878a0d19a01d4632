using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Tests.Platform.Clocks.Calendars;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Reading;

public class ClockPropertyTests
{
    private static readonly ClockAct[] Everything = [ClockAct.Suspend, ClockAct.Exclude, ClockAct.Extend, ClockAct.Interrupt, ClockAct.Roll, ClockAct.Tell, ClockAct.Revoke], Delaying = [ClockAct.Suspend, ClockAct.Exclude, ClockAct.Extend, ClockAct.Interrupt, ClockAct.Roll, ClockAct.Tell];

    private static readonly string[] Limits = ["at-once", "3wd", "20wd", "15cd", "60cd", "1mo", "3mo"];

    [Fact]
    public void The_order_of_entries_and_their_repetition_change_nothing() => Check(Everything, (rule, life) =>
    {
        var (due, steps) = Told(Read(rule, life));
        foreach (var other in new[] { [.. life.AsEnumerable().Reverse()], life.OrderBy(entry => entry.Id.GetHashCode()).ToList(), [.. life, .. life] })
        {
            var again = Told(Read(rule, other));
            Assert.Equal(due, again.Due);
            Assert.Equal(steps, again.Steps);
        }
    });

    [Fact]
    public void No_delay_moves_an_end_earlier() => Check(Delaying, (rule, life) =>
    {
        for (var count = 1; count < life.Count; count++)
        {
            var (before, after) = (Read(rule, life.Take(count)), Read(rule, life.Take(count + 1)));
            // A month that begins anew may be a shorter one than the month before.
            if (life[count].Act == ClockAct.Interrupt && rule.Limit.Unit == LimitUnit.Months) return;
            if (life[count].Act == ClockAct.Resume) Assert.True((after.Due ?? DateOnly.MaxValue) <= (before.Due ?? DateOnly.MaxValue));
            else Assert.True((after.Due ?? DateOnly.MaxValue) >= (before.Due ?? DateOnly.MaxValue));
        }
    });

    [Fact]
    public void Working_days_end_where_a_clerk_with_a_wall_calendar_ends()
    {
        Prop.ForAll(Lives(ClockAct.Suspend, ClockAct.Exclude).Zip(Gen.Choose(1, 60)).ToArbitrary(), pair =>
        {
            var (life, days) = pair;
            var left = LeftOut(life);
            Assert.Equal(SlowCalendar.Due(life[0].Day, days, left.Contains), Read(Rule($"{days}wd"), life).Due);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Calendar_days_end_where_one_counts_to_them()
    {
        Prop.ForAll(Lives(ClockAct.Suspend, ClockAct.Exclude).Zip(Gen.Choose(1, 60)).ToArbitrary(), pair =>
        {
            var (life, days) = pair;
            var (left, day, counted) = (LeftOut(life), life[0].Day, 0);
            while (counted < days)
            {
                day = day.AddDays(1);
                if (!left.Contains(day)) counted++;
            }

            var reading = Read(Rule($"{days}cd"), life);
            Assert.Equal(day, reading.Counted);
            while (!SlowCalendar.IsWorking(day)) day = day.AddDays(1);
            Assert.Equal(day, reading.Due);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void The_told_arithmetic_covers_every_day_once_and_ends_on_the_due_date() => Check(Everything, (rule, life) =>
    {
        var reading = Read(rule, life);
        var steps = ClockArithmetic.Steps(reading);
        if (reading.Due is not { } due)
        {
            Assert.True(steps.Count == 0 || steps[^1].Kind == ClockStepKind.Open);
            return;
        }

        var days = steps.Where(step => step.Kind is ClockStepKind.Counted or ClockStepKind.NotWorked or ClockStepKind.Blocked).ToList();
        for (var i = 1; i < days.Count; i++) Assert.Equal(days[i - 1].To.AddDays(1), days[i].From);
        Assert.Equal(reading.Counted, days[^1].To);
        Assert.Equal(reading.Phases.Sum(phase => phase.Count), days.Where(step => step.Kind == ClockStepKind.Counted).Sum(step => step.To.DayNumber - step.From.DayNumber + 1));
        Assert.Equal((ClockStepKind.Ended, due), (steps[^1].Kind, steps[^1].To));
    });

    [Fact]
    public void Every_step_has_words_in_both_languages() => Check(Everything, (rule, life) =>
    {
        var reading = Read(rule, life);
        Assert.All(ClockArithmetic.Steps(reading), step =>
        {
            var words = ClockWords.Of(step, reading);
            Assert.True(words.Zh.Any(letter => letter is >= '\u4e00' and <= '\u9fff') && words.En.Length > 5);
            if (step.Grounds.Count == 0) Assert.DoesNotContain(words.En.Replace("春节", "", StringComparison.Ordinal), letter => letter is >= '\u4e00' and <= '\u9fff');
        });
    });

    private static HashSet<DateOnly> LeftOut(List<ClockEntry> life)
    {
        var left = new HashSet<DateOnly>();
        foreach (var entry in life)
        {
            var end = entry.Act switch
            {
                ClockAct.Exclude => entry.Until!.Value.AddDays(1),
                ClockAct.Suspend => life.Single(other => other.Of == entry.Id).Day,
                _ => entry.Day,
            };
            for (var day = entry.Day; day < end; day = day.AddDays(1)) left.Add(day);
        }

        return left;
    }

    private static (DateOnly? Due, string Steps) Told(ClockReading reading) => (reading.Due, string.Join('\n', ClockArithmetic.Steps(reading).Select(step => ClockWords.Of(step, reading).Zh)));

    private static void Check(ClockAct[] acts, Action<ClockRule, List<ClockEntry>> holds) =>
        Prop.ForAll(Lives(acts).Zip(Gen.Elements(Limits)).ToArbitrary(), pair => holds(Rule(pair.Item2, "20wd"), pair.Item1)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
