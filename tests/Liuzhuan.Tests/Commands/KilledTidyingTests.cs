using System.Diagnostics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Tests.Platform.Ledger.Accesses;

namespace Liuzhuan.Tests.Commands;

[Collection(ProcessGround.Name)]
public class KilledTidyingTests
{
    private const int Batches = 8, People = 25_000;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Killed_at_any_instant_tidying_neither_loses_nor_doubles_an_access(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        string[] command = ["accesses", "tidy", "--data", ground.Database.Folder, "--provider", database, .. ground.Database.Options.Connection is { Length: > 0 } to ? ["--connection", to] : Array.Empty<string>()];
        var random = new Random(13);
        await FillAsync(ground, random);
        var watch = Stopwatch.StartNew();
        var whole = await Child.RunAsync(command);
        var length = watch.Elapsed;
        Assert.Equal((0, ""), (whole.Code, whole.Error));

        var (rounds, kills, midway) = (IsLong ? 50 : 5, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            await FillAsync(ground, random);
            // As if the lease of the one that was killed had run out.
            await ExecuteAsync(ground, "delete from access_tidying");
            using var child = Child.Start(command);
            // From its first trace in the database on: what comes before is only the start of a program.
            while (!child.HasExited && await ground.CountAsync("select count(*) from access_tidying") == 0) await Task.Delay(1);
            await Task.Delay(length * (random.NextDouble() / 4));
            child.Kill();
            if ((await child.EndAsync()).Code == Child.Killed) kills++;
            if (await ground.CountAsync("select count(*) from access_runs where state in (0, 2)") > 0) midway++;
            await AssertWholeAsync(ground);
        }

        Assert.InRange(kills, 1, rounds);
        if (IsLong) Assert.InRange(midway, 1, rounds);
        await ExecuteAsync(ground, "delete from access_tidying");
        whole = await Child.RunAsync(command);
        Assert.Equal((0, ""), (whole.Code, whole.Error));
        await AssertWholeAsync(ground);
        Assert.InRange(await ground.CountAsync("select count(*) from access_runs where state = 1"), 1, 3 * Batches);
        Assert.Equal(0, await ground.CountAsync("select count(*) from access_runs where state = 3"));
    }

    private static async Task FillAsync(AccessGround ground, Random random)
    {
        for (var i = 0; i < Batches; i++)
        {
            ulong[] people = [.. Enumerable.Range(0, People).Select(_ => (ulong)random.Next(2 * People))];
            // Some by a command, which leaves them in files where it may.
            await (i % 4 == 0 ? ground.CommandBatchAsync(AccessGround.Court, people) : ground.BatchAsync(AccessGround.Court, people));
        }

        await ground.AskAsync(AccessGround.School, [.. Enumerable.Range(0, 400).Select(_ => (ulong)random.Next(2 * People))]);
    }

    private static async Task AssertWholeAsync(AccessGround ground)
    {
        await ground.AssertListsAsync(Enumerable.Range(0, 40).Select(i => (ulong)(i * 1249)));
        Assert.Equal(await ground.CountAsync("select sum(people) from access_events"), await ground.CountAsync("select (select sum(accesses) from access_runs where state in (1, 3)) + (select coalesce(sum(accesses), 0) from access_recent)"));
    }

    private static async Task ExecuteAsync(AccessGround ground, string sql)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, sql, CancellationToken.None);
    }
}
