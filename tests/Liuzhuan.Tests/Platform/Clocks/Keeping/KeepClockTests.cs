using FsCheck.Fluent;
using Liuzhuan.Platform.Clocks.Reading;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Keeping;

public class KeepClockTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_stored_is_what_a_replay_of_the_entries_gives(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        var lives = Lives(ClockAct.Suspend, ClockAct.Exclude, ClockAct.Extend, ClockAct.Interrupt, ClockAct.Roll, ClockAct.Revoke).Sample(12);
        foreach (var (life, number) in lives.Select((life, number) => (life, number)))
        {
            var (id, recorded, rule) = ($"case/{number}", new List<ClockEntry>(), Rule(number % 2 == 0 ? "20wd" : "3mo", "10wd"));
            foreach (var entry in life.Concat([Entry(ClockAct.Stop, "2026-12-31")]))
            {
                var outcome = entry.Act == ClockAct.Start ? await ground.First.Keep.StartAsync(id, "2201", rule, entry, CancellationToken.None) : await ground.First.Keep.RecordAsync(id, entry, CancellationToken.None);
                if (outcome.Ok(out var reading, out _)) recorded.Add(entry);
                var replay = await ground.AssertReplaysAsync(id);
                if (reading is not null) Assert.Equal(reading.Due, replay.Due);
            }

            // Every field comes back as it was; only when it was recorded is for the keeper to say.
            Assert.Equal(recorded, (await ground.FindAsync(id)).Entries.Select(entry => entry with { RecordedAt = TestClock.Morning }));
        }

        Assert.Equal(await ground.CountAsync("select count(*) from clock_entries"), (await ground.Ledger.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_refused_entry_leaves_no_trace_and_a_repeated_one_changes_nothing(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/1", "2026-03-02");
        var entry = Entry(ClockAct.Suspend, "2026-03-04");
        await ground.RecordAsync("case/1", entry);
        await ground.RecordAsync("case/1", entry);
        foreach (var (outcome, code) in new[]
        {
            (await ground.First.Keep.RecordAsync("case/1", entry with { Day = new DateOnly(2026, 3, 5) }, CancellationToken.None), "clocks.entry-taken"),
            (await ground.First.Keep.RecordAsync("case/1", Entry(ClockAct.Extend, "2026-03-05", by: "1wd"), CancellationToken.None), "clocks.no-extension"),
            (await ground.First.Keep.RecordAsync("case/2", entry, CancellationToken.None), "clocks.unknown"),
            (await ground.First.Keep.StartAsync("case/1", "", Rule("5wd"), Entry(ClockAct.Start, "2026-03-02"), CancellationToken.None), "clocks.taken"),
            (await ground.First.Keep.StartAsync("case 1", "", Rule("5wd"), Entry(ClockAct.Start, "2026-03-02"), CancellationToken.None), "clocks.id"),
            (await ground.First.Keep.StartAsync("case/3", "Jilin", Rule("5wd"), Entry(ClockAct.Start, "2026-03-02"), CancellationToken.None), "clocks.division"),
        })
        {
            Assert.False(outcome.Ok(out _, out var refusal));
            Assert.Equal(code, refusal.Code);
        }

        Assert.Equal((2, 1), (await ground.CountAsync("select count(*) from clock_entries"), await ground.CountAsync("select count(*) from clocks")));
        Assert.Equal(["clock", "clock"], (await ground.Ledger.ReadSoundAsync()).Select(logged => logged.Kind));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Hosts_that_write_one_clock_at_once_lose_nothing(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/1", "2026-03-02", "20wd");
        var other = ground.Another();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
            ClockGround.Taken(await (i % 2 == 0 ? ground.First : other).Keep.RecordAsync("case/1", Entry(ClockAct.Exclude, $"2026-03-{i + 3:00}", until: $"2026-03-{i + 3:00}"), CancellationToken.None)))));
        Assert.Equal(13, (await ground.FindAsync("case/1")).Entries.Count);
        // Twelve days left out, of which nine are worked.
        Assert.Equal(new DateOnly(2026, 4, 13), (await ground.AssertReplaysAsync("case/1")).Due);
    }
}
