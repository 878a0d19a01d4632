using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Tests.Platform.Clocks.Keeping;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Alarms;

public class AlarmTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_warns_once_and_is_late_once(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/1", "2026-03-05", warn: 2);
        var due = new DateOnly(2026, 3, 12);
        await AtAsync(ground, "2026-03-09", []);
        await AtAsync(ground, "2026-03-10", [("case/1", RaiseAlarms.Nearly, due)]);
        await AtAsync(ground, "2026-03-12", []);
        await AtAsync(ground, "2026-03-13", [("case/1", RaiseAlarms.Overdue, due)]);
        await AtAsync(ground, "2026-04-13", []);
        Assert.Equal(["clock", "alarm", "alarm"], (await ground.Ledger.ReadSoundAsync()).Select(entry => entry.Kind));
        Assert.Equal([RaiseAlarms.Overdue, RaiseAlarms.Nearly], (await Alarm.ListAsync(ground.Store, 10, CancellationToken.None)).Select(alarm => alarm.Kind));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Alarms_follow_an_end_that_moves_and_end_with_the_clock(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/1", "2026-03-05", extension: "5wd");
        await ground.StartAsync("case/2", "2026-03-05");
        await ground.StartAsync("case/3", "2026-03-05");
        await ground.RecordAsync("case/2", Entry(ClockAct.Stop, "2026-03-06"));
        await ground.RecordAsync("case/3", Entry(ClockAct.Suspend, "2026-03-06"));
        await AtAsync(ground, "2026-03-11", [("case/1", RaiseAlarms.Nearly, new DateOnly(2026, 3, 12))]);
        var extension = Entry(ClockAct.Extend, "2026-03-11", by: "5wd");
        await ground.RecordAsync("case/1", extension);
        await AtAsync(ground, "2026-03-13", []);
        await AtAsync(ground, "2026-03-18", [("case/1", RaiseAlarms.Nearly, new DateOnly(2026, 3, 19))]);
        // Back at the first end, of which it warned already.
        await ground.RecordAsync("case/1", Entry(ClockAct.Revoke, "2026-03-18", of: extension.Id));
        await AtAsync(ground, "2026-03-18", [("case/1", RaiseAlarms.Overdue, new DateOnly(2026, 3, 12))]);
        await ground.RecordAsync("case/3", Entry(ClockAct.Resume, "2026-03-18"));
        // Nobody looked for long: that it is late is all there is to say.
        await AtAsync(ground, "2026-05-01", [("case/3", RaiseAlarms.Overdue, new DateOnly(2026, 3, 24))]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Hosts_that_look_at_once_raise_each_alarm_once(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        for (var i = 0; i < 25; i++) await ground.StartAsync($"case/{i}", "2026-03-05");
        ground.Clock.Now = ChinaTime.StartOf(new DateOnly(2026, 3, 13));
        ClockGround.Host[] hosts = [ground.First, ground.Another(), ground.Another()];
        var raised = await Task.WhenAll(hosts.Select(host => Task.Run(host.RaiseAsync)));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"case/{i}").Order(StringComparer.Ordinal), raised.SelectMany(alarms => alarms).Select(alarm => alarm.Clock).Order(StringComparer.Ordinal));
        Assert.Equal(25, await ground.CountAsync("select count(*) from ledger_entries where kind = 'alarm'"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_that_stops_while_its_alarm_is_on_the_way_raises_none(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/1", "2026-03-05");
        await ground.RecordAsync("case/1", Entry(ClockAct.Stop, "2026-03-06"));
        await using (var connection = await ground.Store.OpenAsync(CancellationToken.None))
        {
            // What a host saw a moment before.
            await Liuzhuan.Platform.Data.Sql.ExecuteAsync(connection, null, "update clocks set next_alarm_at = due_at", CancellationToken.None);
        }

        await AtAsync(ground, "2026-03-20", []);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_holds_a_clock_is_told_of_each_alarm_once_by_the_outbox(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        var (rule, start) = (Rule("5wd", null), Entry(ClockAct.Start, "2026-03-05"));
        Assert.True((await ground.First.Keep.StartAsync("case/1", "", rule, start, "role/liaison@220100000000", CancellationToken.None)).Ok(out _, out _));
        Assert.False((await ground.First.Keep.StartAsync("case/2", "", rule, start, "somebody", CancellationToken.None)).Ok(out _, out var refused));
        Assert.Equal(ClockRefusals.Holder, refused);
        foreach (var day in (string[])["2026-03-11", "2026-03-13", "2026-03-14"])
        {
            ground.Clock.Now = ChinaTime.StartOf(DateOnly.Parse(day));
            await ground.First.RaiseAsync();
        }

        Assert.Equal("role/liaison@220100000000", (await ground.FindAsync("case/1")).Holder);
        foreach (var recipient in (string[])["role/liaison@220100000000", "subscribers"])
        {
            foreach (var template in (string[])["clock-nearly-due", "clock-overdue"]) Assert.Equal(1, await ground.CountAsync($"select count(*) from notices where recipient = '{recipient}' and template = '{template}' and matter = 'clock/case/1'"));
        }
    }

    private static async Task AtAsync(ClockGround ground, string day, (string Clock, string Kind, DateOnly Due)[] expected)
    {
        ground.Clock.Now = ChinaTime.StartOf(DateOnly.Parse(day));
        Assert.Equal(expected, (await ground.First.RaiseAsync()).Select(alarm => (alarm.Clock, alarm.Kind, alarm.DueOn)));
    }
}
