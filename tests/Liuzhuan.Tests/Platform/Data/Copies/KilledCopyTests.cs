using System.Diagnostics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Platform.Data.Copies;

/// <summary>However a backup, restore or move ends early, what there was is there, and what is not whole says so.</summary>
[Collection(ProcessGround.Name)]
public sealed class KilledCopyTests : IAsyncLifetime
{
    private const int Rows = 40_000;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    private TestDatabase _source = null!;
    private IReadOnlyList<TableSum> _sums = [];

    public static TheoryData<string, string> Targets => [.. TestDatabases.All.SelectMany(to => new[] { ("restore", (string)to.Data), ("move", (string)to.Data) })];

    private string Backup => Path.Combine(_source.Folder, "a.backup");

    private string Words => Path.Combine(_source.Folder, "words");

    public async ValueTask InitializeAsync()
    {
        _source = await TestDatabase.CreateAsync("sqlite");
        await ManyRows.WriteAsync(_source.Store, Rows);
        await File.WriteAllTextAsync(Words, "a long passphrase");
        Directory.CreateDirectory(Path.Combine(_source.Folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(_source.Folder, "keys", "a.pem"), "secret");
        _sums = await FilledDatabase.SumsAsync(_source.Store);
    }

    [Fact]
    public async Task A_killed_backup_leaves_the_old_file_or_the_whole_new_one()
    {
        var (folder, old) = (Directory.CreateDirectory(Path.Combine(_source.Folder, "backups")).FullName, Path.Combine(_source.Folder, "old.backup"));
        await using (var empty = await TestDatabase.CreateAsync("sqlite"))
            Assert.True((await WriteBackup.RunAsync(empty.Store, old, "", null, TimeProvider.System, null, CancellationToken.None)).Ok(out _, out _));
        var oldSums = Sums(old);
        var target = Path.Combine(folder, "a.backup");
        var loop = new KillLoop(target, seed: 6);
        await loop.RunAsync(3, () => File.Copy(old, target, overwrite: true), success =>
        {
            var found = Sums(target);
            Assert.True(found.SequenceEqual(_sums) || (!success && found.SequenceEqual(oldSums)));
        }, "backup", target, "--data", _source.Folder, "--passphrase-file", Words);
        Assert.NotEqual(0, loop.Interrupted);
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task A_killed_restore_or_move_leaves_a_database_that_says_so_and_takes_it_again(string command, string provider)
    {
        Assert.True((await WriteBackup.RunAsync(_source.Store, Backup, Path.Combine(_source.Folder, "keys"), "a long passphrase", TimeProvider.System, null, CancellationToken.None)).Ok(out _, out _));
        TimeSpan length = default;
        var (random, unfinished, rounds) = (new Random(3), 0, IsLong ? 25 : 3);
        for (var round = 0; round <= rounds; round++)
        {
            await using var target = await TestDatabase.CreateAsync(provider, migrate: round % 2 == 0);
            string[] args = command == "move"
                ? ["move", "--data", _source.Folder, "--to", provider, "--connection", target.ConnectionText]
                : ["restore", Backup, "--data", target.Folder, "--provider", provider, "--connection", target.ConnectionText, "--passphrase-file", Words];
            if (round > 0)
            {
                using var child = Child.Start(args);
                // In turn: soon after it has marked the target, when it is certainly writing; and anywhere in its life.
                while (round % 2 == 1 && !child.HasExited && !await IsMarkedAsync(target)) await Task.Delay(1);
                await Task.Delay(round % 2 == 1 ? TimeSpan.FromMilliseconds(40 * random.NextDouble()) : length * random.NextDouble());
                child.Kill();
                if (await SaysUnfinishedAsync(target, (await child.EndAsync()).Code == 0)) unfinished++;
            }

            var watch = Stopwatch.StartNew();
            // One that came to its end before it was killed is not empty.
            if (!await IsWholeAsync(target))
            {
                var whole = await Child.RunAsync(args);
                Assert.Equal((0, ""), (whole.Code, whole.Error));
            }

            if (round == 0) length = watch.Elapsed;
            Assert.True(await IsWholeAsync(target));
            Assert.Empty(await Migrator.MigrateAsync(target.Store, CancellationToken.None));
            if (command == "restore") Assert.Equal(["keys"], Directory.EnumerateDirectories(target.Folder).Select(Path.GetFileName));
        }

        Assert.NotEqual(0, unfinished);
        TestContext.Current.TestOutputHelper?.WriteLine($"{command} to {provider}: {rounds} kills, {unfinished} databases that said they were incomplete");
    }

    public async ValueTask DisposeAsync() => await _source.DisposeAsync();

    private static List<TableSum> Sums(string backup) => [.. RestoreBackup.Check(backup, null, CancellationToken.None).Tables.OrderBy(table => table.Table, StringComparer.Ordinal)];

    // Never anything in between: whole, or no more than the schema itself, and then either as before or marked.
    private async Task<bool> SaysUnfinishedAsync(TestDatabase target, bool success)
    {
        if (await IsWholeAsync(target)) return false;
        Assert.False(success);
        if (!target.Store.Exists) return false;
        await using (var connection = await target.Store.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            Assert.Null((await TargetState.ReadAsync(target.Store, connection, transaction, CancellationToken.None)).Filled);
        }

        if (!await IsMarkedAsync(target)) return false;
        var refused = await Assert.ThrowsAsync<DataRefusedException>(() => Migrator.MigrateAsync(target.Store, CancellationToken.None));
        Assert.Equal("data.unfinished", refused.Refusal.Code);
        return true;
    }

    private static async Task<bool> IsMarkedAsync(TestDatabase target)
    {
        if (!target.Store.Exists) return false;
        await using var connection = await target.Store.OpenAsync(CancellationToken.None);
        return await Migrator.HasTableAsync(connection, null, target.Store.Dialect, Migrator.UnfinishedTable, CancellationToken.None);
    }

    private async Task<bool> IsWholeAsync(TestDatabase target)
    {
        try
        {
            return _sums.SequenceEqual(await FilledDatabase.SumsAsync(target.Store));
        }
        catch (DataRefusedException)
        {
            return false;
        }
    }
}
