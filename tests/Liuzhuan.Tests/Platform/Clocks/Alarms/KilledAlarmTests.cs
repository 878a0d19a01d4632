using System.Diagnostics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Tests.Commands;
using Liuzhuan.Tests.Platform.Clocks.Keeping;

namespace Liuzhuan.Tests.Platform.Clocks.Alarms;

[Collection(ProcessGround.Name)]
public class KilledAlarmTests
{
    private const int Clocks = 400;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_programs_of_which_one_is_killed_raise_each_alarm_exactly_once(string database)
    {
        var (rounds, random) = (IsLong ? 20 : 3, new Random(17));
        await using var ground = await ClockGround.CreateAsync(database);
        string[] command = ["clocks", "alarms", "--data", ground.Ledger.Folder, "--provider", database, .. ground.Ledger.Options.Connection is { Length: > 0 } to ? ["--connection", to] : Array.Empty<string>()];
        // These ended long ago by the clock of the programs.
        for (var i = 0; i < Clocks; i++) await ground.StartAsync($"case/{i:000}", "2025-03-05");
        var killed = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var first = Child.Start(command);
            using var second = Child.Start(command);
            var before = await ground.CountAsync("select count(*) from clock_alarms");
            var watch = Stopwatch.StartNew();
            // From the first alarm of the round on; what comes before is only the start of a program.
            while (!first.HasExited && await ground.CountAsync("select count(*) from clock_alarms") == before && watch.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(1);
            await Task.Delay(random.Next(20));
            first.Kill();
            if ((await first.EndAsync()).Code == Child.Killed) killed++;
            var ended = await second.EndAsync();
            Assert.Equal((0, ""), (ended.Code, ended.Error));
            Assert.Equal(Clocks, await ground.CountAsync("select count(*) from clock_alarms"));
            Assert.Equal(Clocks * (round + 1), await ground.CountAsync("select count(*) from ledger_entries where kind = 'alarm'"));
            // As if every clock had a new end: the next round has all of them to raise again.
            await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
            await connection.ExecuteAsync(null, "delete from clock_alarms", CancellationToken.None);
            await connection.ExecuteAsync(null, "update clocks set next_alarm_at = due_at", CancellationToken.None);
        }

        Assert.InRange(killed, 1, rounds);
    }
}
