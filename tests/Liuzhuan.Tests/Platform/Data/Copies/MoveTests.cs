using System.Diagnostics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Platform.Data.Copies;

public class MoveTests
{
    // 300 bytes each; the programs below get 32 MB for all they keep in memory.
    private static readonly int Many = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all" ? 1_000_000 : 150_000;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Moving_there_and_back_gives_equal_digests(string database)
    {
        await using var first = await TestDatabase.CreateAsync("sqlite");
        await using var there = await TestDatabase.CreateAsync(database, migrate: false);
        await using var back = await TestDatabase.CreateAsync("sqlite");
        await FilledDatabase.FillAsync(first.Store);
        var before = await FilledDatabase.SumsAsync(first.Store);
        Assert.True((await CopyDatabase.RunAsync(first.Store, there.Store, null, CancellationToken.None)).Ok(out var moved, out _));
        Assert.Equal(before, moved.OrderBy(table => table.Table, StringComparer.Ordinal));
        Assert.True((await CopyDatabase.RunAsync(there.Store, back.Store, null, CancellationToken.None)).Ok(out _, out _));
        Assert.Equal(before, await FilledDatabase.SumsAsync(there.Store));
        Assert.Equal(before, await FilledDatabase.SumsAsync(back.Store));
        Assert.Equal(before, await FilledDatabase.SumsAsync(first.Store));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_target_that_holds_something_is_refused_and_left_as_it_is(string database)
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await using var target = await TestDatabase.CreateAsync(database);
        await FilledDatabase.FillAsync(target.Store);
        var before = await FilledDatabase.SumsAsync(target.Store);
        Assert.False((await CopyDatabase.RunAsync(source.Store, target.Store, null, CancellationToken.None)).Ok(out _, out var refusal));
        Assert.Equal("data.not-empty", refusal.Code);
        Assert.Equal(before, await FilledDatabase.SumsAsync(target.Store));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_is_not_moved_onto_itself(string database)
    {
        await using var source = await TestDatabase.CreateAsync(database);
        await using var again = source.OpenAgain();
        Assert.False((await CopyDatabase.RunAsync(source.Store, again, null, CancellationToken.None)).Ok(out _, out var refusal));
        Assert.Equal("data.same", refusal.Code);
    }

    [Fact]
    public async Task A_value_the_target_cannot_keep_undoes_the_move_and_names_its_column()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no PostgreSQL server.");
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await using var target = await TestDatabase.CreateAsync("postgres");
        await using (var connection = await source.Store.OpenAsync(CancellationToken.None))
        {
            await connection.ExecuteAsync(null, "create table notes (id integer primary key, note text)", CancellationToken.None);
            await connection.ExecuteAsync(null, "insert into notes values (1, @note)", CancellationToken.None, ("note", "a\0b"));
        }

        var refused = await Assert.ThrowsAsync<DataRefusedException>(() => CopyDatabase.RunAsync(source.Store, target.Store, null, CancellationToken.None));
        Assert.Equal("data.value", refused.Refusal.Code);
        Assert.Contains("note", refused.Refusal.English, StringComparison.Ordinal);
        Assert.Empty(await Migrator.MigrateAsync(target.Store, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_rows_are_moved_backed_up_and_restored_within_little_memory(string database)
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await using var target = await TestDatabase.CreateAsync(database, migrate: false);
        await using var restored = await TestDatabase.CreateAsync(database, migrate: false);
        await ManyRows.WriteAsync(source.Store, Many);
        const string bounded = "export DOTNET_GCHeapHardLimit=0x2000000; exec \"$@\"";
        var backup = Path.Combine(source.Folder, "a.backup");
        await File.WriteAllTextAsync(Path.Combine(source.Folder, "words"), "a long passphrase");
        string[][] lines =
        [
            ["move", "--data", source.Folder, "--to", database, "--connection", target.ConnectionText],
            ["backup", backup, "--data", source.Folder, "--passphrase-file", Path.Combine(source.Folder, "words")],
            ["restore", backup, "--data", restored.Folder, "--provider", database, "--connection", restored.ConnectionText, "--passphrase-file", Path.Combine(source.Folder, "words")],
        ];
        foreach (var line in lines)
        {
            var watch = Stopwatch.StartNew();
            using var child = Child.StartIn(bounded, line);
            var ended = await child.EndAsync();
            Assert.Equal((0, ""), (ended.Code, ended.Error));
            TestContext.Current.TestOutputHelper?.WriteLine($"{line[0]}, target {database}: {Many:N0} rows in {watch.Elapsed.TotalSeconds:F1} s");
        }

        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(target.Store));
        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(restored.Store));
    }
}
