using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;

namespace Liuzhuan.Tests.Platform.Data.Copies;

public class DatabaseLoadTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_differs_when_it_is_read_back_is_undone(string database)
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await FilledDatabase.FillAsync(source.Store);
        var sums = await FilledDatabase.SumsAsync(source.Store);
        await using var target = await TestDatabase.CreateAsync(database);
        await FilledDatabase.FillAsync(target.Store);
        var before = await FilledDatabase.SumsAsync(target.Store);
        TableSum[][] wrong =
        [
            [.. sums.Select(sum => sum.Table == "clients" ? sum with { Digest = sums[0].Digest } : sum)],
            [.. sums.Select(sum => sum.Table == "clients" ? sum with { Rows = sum.Rows + 1 } : sum)],
            [.. sums.Where(sum => sum.Table != "clients")],
            [.. sums, new TableSum("forgotten", 1, sums[0].Digest)],
        ];
        foreach (var expected in wrong)
        {
            await using var snapshot = await DatabaseSnapshot.OpenAsync(source.Store, CancellationToken.None);
            Assert.True((await DatabaseLoad.BeginAsync(target.Store, snapshot.Steps, replace: true, CancellationToken.None)).Ok(out var load, out _));
            await using (load)
            {
                foreach (var table in snapshot.Tables) Assert.True((await load.WriteAsync(table, Blocks(snapshot, table), CancellationToken.None)).Ok(out _, out _));
                Assert.Equal("data.differs", (await load.FinishAsync(expected, _ => { }, () => Assert.Fail("Nothing may follow a difference."), CancellationToken.None))?.Code);
            }

            Assert.Equal(before, await FilledDatabase.SumsAsync(target.Store));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_copy_that_is_given_up_leaves_an_empty_database_as_it_was_and_a_marked_one_marked(string database)
    {
        await using var target = await TestDatabase.CreateAsync(database);
        foreach (var isMarked in new[] { false, true })
        {
            await using (var connection = await target.Store.OpenAsync(CancellationToken.None))
            {
                if (isMarked) await connection.ExecuteAsync(null, $"create table {Migrator.UnfinishedTable} (id integer primary key)", CancellationToken.None);
            }

            Assert.True((await DatabaseLoad.BeginAsync(target.Store, Migrator.Steps(target.Store.Dialect), replace: false, CancellationToken.None)).Ok(out var load, out _));
            await load.DisposeAsync();
            await using var again = await target.Store.OpenAsync(CancellationToken.None);
            Assert.Equal(isMarked, await Migrator.HasTableAsync(again, null, target.Store.Dialect, Migrator.UnfinishedTable, CancellationToken.None));
            Assert.Equal(Migrator.Steps(target.Store.Dialect), await Migrator.DoneAsync(again, null, target.Store.Dialect, CancellationToken.None));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_copies_into_one_database_take_turns_and_the_second_finds_it_filled(string database)
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await FilledDatabase.FillAsync(source.Store);
        await using var target = await TestDatabase.CreateAsync(database);
        var ended = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var store = target.OpenAgain();
            return (await CopyDatabase.RunAsync(source.Store, store, null, CancellationToken.None)).Ok(out var _, out var refusal) ? "done" : refusal!.Code;
        })));
        Assert.Equal(["data.not-empty", "done"], ended.Order(StringComparer.Ordinal));
        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(target.Store));
    }

    private static async IAsyncEnumerable<(ReadOnlyMemory<byte>, int)> Blocks(DatabaseSnapshot snapshot, TableShape table)
    {
        await foreach (var block in snapshot.ReadAsync(table, CancellationToken.None)) yield return (block.Bytes, block.Rows);
    }
}
