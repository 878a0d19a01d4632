using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests.Platform.Clocks.Calendars;

namespace Liuzhuan.Tests.Platform.Clocks.Reading;

/// <summary>Clocks for tests, by hand and by chance.</summary>
internal static class GivenClock
{
    private static int _ids;

    public static ClockRule Rule(string limit, string? extension = null, bool rolls = true) => new()
    {
        Id = "test", Name = new Text("测试", "test"), Provision = "测试法第一条", Limit = Length(limit), Extension = extension is null ? null : Length(extension), Rolls = rolls,
    };

    public static Limit Length(string text)
    {
        Assert.True(Limit.Parse(text).Ok(out var limit, out var refusal), refusal?.English);
        return limit;
    }

    public static ClockEntry Entry(ClockAct act, string day, string? until = null, string? by = null, Guid? of = null, string time = "00:00") => new()
    {
        Id = NewId(), Act = act, Day = DateOnly.Parse(day), Time = TimeOnly.Parse(time), Until = until is null ? null : DateOnly.Parse(until), By = by is null ? null : Length(by), Of = of,
        Provision = "测试法第二条", Author = "operator/test", RecordedAt = TestClock.Morning,
    };

    public static Guid NewId() => new(Interlocked.Increment(ref _ids), 0, 0, new byte[8]);

    public static ClockReading Read(ClockRule rule, params IEnumerable<ClockEntry> entries) => ReadClock.Of(rule, entries, WorkingCalendar.Shipped);

    /// <summary>A start and some of everything that may happen to it, within the years that the slow calendar knows.</summary>
    public static Gen<List<ClockEntry>> Lives(params ClockAct[] acts) =>
        from start in Gen.Choose(0, 420)
        from events in (from act in Gen.Elements(acts)
                        from at in Gen.Choose(0, 60)
                        from length in Gen.Choose(0, 12)
                        select (act, at, length)).ListOf()
        select Life(SlowCalendar.First.AddDays(start), [.. events.Take(6)]);

    private static List<ClockEntry> Life(DateOnly start, IReadOnlyList<(ClockAct Act, int At, int Length)> events)
    {
        var entries = new List<ClockEntry> { Entry(ClockAct.Start, $"{start:yyyy-MM-dd}") };
        foreach (var (act, at, length) in events)
        {
            var (from, to) = ($"{start.AddDays(at):yyyy-MM-dd}", $"{start.AddDays(at + length):yyyy-MM-dd}");
            switch (act)
            {
                case ClockAct.Suspend:
                    var suspension = Entry(act, from);
                    entries.Add(suspension);
                    entries.Add(Entry(ClockAct.Resume, to, of: suspension.Id));
                    break;
                case ClockAct.Exclude:
                    entries.Add(Entry(act, from, until: to));
                    break;
                case ClockAct.Extend:
                    entries.Add(Entry(act, from, by: $"{length + 1}wd"));
                    break;
                case ClockAct.Revoke:
                    entries.Add(Entry(act, from, of: entries[length % entries.Count].Id));
                    break;
                default:
                    entries.Add(Entry(act, from));
                    break;
            }
        }

        return entries;
    }
}
