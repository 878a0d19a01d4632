using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Tests.Platform.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Keeping;

/// <summary>One host writes in the very moment in which another has read and is about to write.</summary>
public class InterleavedTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_reckoned_by_the_calendar_of_before_an_import_is_reckoned_anew(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        var year = ClockGround.Taken(CalendarFile.Read(Notices.Of2027, "2027.yaml"));
        var clock = new Interrupting(() => ground.First.Recalculate.ImportAsync(year, isDryRun: false, "operator/test", CancellationToken.None));
        await using var ledger = Second(ground, clock);
        var reading = ClockGround.Taken(await new ClockGround.Host(ground.Store, ledger, ground.Clock).Keep.StartAsync("case/1", "", Rule("10wd"), Entry(ClockAct.Start, "2027-01-25"), CancellationToken.None));
        Assert.True(clock.HasInterrupted);
        Assert.False(reading.IsProvisional);
        Assert.Equal(new DateOnly(2027, 2, 15), (await ground.AssertReplaysAsync("case/1", year)).Due);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_import_that_has_not_seen_an_entry_looks_again(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        var year = ClockGround.Taken(CalendarFile.Read(Notices.Of2027, "2027.yaml"));
        var clock = new Interrupting(() => ground.StartAsync("case/1", "2027-01-25", "10wd"));
        await using var ledger = Second(ground, clock);
        var changes = ClockGround.Taken(await new ClockGround.Host(ground.Store, ledger, ground.Clock).Recalculate.ImportAsync(year, isDryRun: false, "operator/test", CancellationToken.None));
        Assert.True(clock.HasInterrupted);
        Assert.Equal(["case/1"], changes.Select(change => change.Id));
        Assert.Equal(new DateOnly(2027, 2, 15), (await ground.AssertReplaysAsync("case/1", year)).Due);
    }

    private static Liuzhuan.Platform.Ledger.Ledger Second(ClockGround ground, TimeProvider clock) =>
        new(ground.Store, LedgerGround.Key, new LedgerOptions(), clock, NullLogger<Liuzhuan.Platform.Ledger.Ledger>.Instance);

    // A writer of the ledger looks at its clock when it has everything to write and before it takes its turn.
    private sealed class Interrupting(Func<Task> meanwhile) : TimeProvider
    {
        public bool HasInterrupted { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (!HasInterrupted)
            {
                HasInterrupted = true;
                Task.Run(meanwhile).GetAwaiter().GetResult();
            }

            return TestClock.Morning;
        }
    }
}
