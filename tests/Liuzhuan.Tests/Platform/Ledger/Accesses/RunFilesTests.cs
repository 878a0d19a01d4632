using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

/// <summary>Runs that a command leaves beside SQLite's file.</summary>
public sealed class RunFilesTests : IAsyncLifetime
{
    private const int People = 40_000;

    private AccessGround _ground = null!;
    private RunFiles _files = null!;

    public async ValueTask InitializeAsync()
    {
        _ground = await AccessGround.CreateAsync("sqlite");
        _files = new RunFiles(_ground.Store, _ground.Clock);
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    private IEnumerable<ulong> Some => Enumerable.Range(0, 60).Select(i => (ulong)(i * 997));

    [Fact]
    public async Task A_long_batch_of_a_command_is_in_a_file_until_it_is_taken_in_and_lists_never_differ()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        await _ground.CommandBatchAsync(AccessGround.School, [.. Numbers(20_000, People), .. Numbers(20_000, 10)]);
        await _ground.AskAsync(AccessGround.Court, 997, 5);
        Assert.Equal(2, Kept().Length);
        Assert.Equal(0, await _ground.CountAsync("select count(*) from access_blocks"));
        Assert.Equal(2, await _ground.CountAsync($"select count(*) from access_runs where state = 3 and people = {People} and accesses = people"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_files.Folder!));
        await _ground.AssertListsAsync(Some);

        await _ground.TidyAsync();
        Assert.Empty(Kept());
        Assert.Equal(0, await _ground.CountAsync("select count(*) from access_runs where state <> 1"));
        Assert.Equal(2 * People, await _ground.CountAsync("select sum(accesses) from access_runs where first_position < 2"));
        await _ground.AssertListsAsync(Some);
    }

    [Fact]
    public async Task Runs_in_files_are_merged_like_others_once_they_are_taken_in()
    {
        for (var i = 0; i < AccessTidying.LikeRuns; i++) await _ground.CommandBatchAsync(AccessGround.Court, Numbers(i * 1000, 20_000));
        await _ground.TidyAsync();
        Assert.Equal(1, await _ground.CountAsync("select count(*) from access_runs"));
        await _ground.AssertListsAsync(Some);
    }

    [Fact]
    public async Task What_waited_too_long_for_its_entry_is_removed_and_the_entry_refused()
    {
        var companion = await _ground.ForCommandBatchAsync(AccessGround.Court, Numbers(0, People));
        await _ground.TidyAsync();
        Assert.Single(Kept());
        Assert.Empty(await _ground.ListAsync(5));

        _ground.Clock.Now += RunTables.Patience + TimeSpan.FromSeconds(1);
        await _ground.TidyAsync();
        Assert.Empty(Kept());
        Assert.Null(await _ground.WriteAsync(companion));
        Assert.Equal(0, await _ground.CountAsync("select (select count(*) from access_runs) + (select count(*) from access_events)"));
    }

    [Fact]
    public async Task An_entry_that_was_rolled_back_can_be_written_again()
    {
        var companion = await _ground.ForCommandBatchAsync(AccessGround.Court, Numbers(0, People));
        await using (var connection = await _ground.Store.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await RunTables.BeginAsync(connection, _ground.Store, CancellationToken.None);
            Assert.Empty(await companion.Writer.WriteAsync(transaction, [new CompanionRow(companion.Content, 7, _ground.Clock.Now, 8)], CancellationToken.None));
            await transaction.RollbackAsync();
        }

        Assert.Empty(await _ground.ListAsync(5));
        Assert.Equal(0, await _ground.WriteAsync(companion));
        Assert.Single(await _ground.ListAsync(5));
        // However long it was in waiting: whoever found it old has to look again before he removes it.
        await using var other = await _ground.Store.OpenAsync(CancellationToken.None);
        Assert.False(await _files.RemoveAsync(other, Kept().Single(), CancellationToken.None));
        Assert.Single(await _ground.ListAsync(5));
    }

    [Fact]
    public async Task Whoever_died_between_taking_in_and_removing_the_file_leaves_nothing_double()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        var file = Kept().Single();
        var content = await File.ReadAllBytesAsync(file);
        await _ground.TidyAsync();
        await File.WriteAllBytesAsync(file, content);
        await _ground.AssertListsAsync(Some);
        _ground.Clock.Now += RunTables.Patience + TimeSpan.FromSeconds(1);
        await _ground.TidyAsync();
        Assert.Empty(Kept());
        await _ground.AssertListsAsync(Some);
        Assert.Equal(People, await _ground.CountAsync("select sum(accesses) from access_runs where state = 1"));
    }

    [Fact]
    public async Task Several_who_take_in_at_once_take_each_in_once()
    {
        for (var i = 0; i < 4; i++) await _ground.CommandBatchAsync(AccessGround.Court, Numbers(i * 1000, 20_000));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new RunFiles(_ground.Store, _ground.Clock).TakeAllInAsync(CancellationToken.None))));
        Assert.Empty(Kept());
        Assert.Equal((4, 80_000), (await _ground.CountAsync("select count(*) from access_runs where state = 1"), await _ground.CountAsync("select sum(accesses) from access_runs where state = 1")));
        await _ground.AssertListsAsync(Some);
    }

    [Fact]
    public async Task Who_finds_at_the_end_that_another_was_faster_takes_nothing_in()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        var file = Kept().Single();
        var content = await File.ReadAllBytesAsync(file);
        var other = new RunFiles(_ground.Store, _ground.Clock);
        // The other one does all of it after the first look at the file, which is still there when it is read again.
        var clock = new InterruptedClock(_ground.Clock, () =>
        {
            other.TakeAllInAsync(CancellationToken.None).GetAwaiter().GetResult();
            File.WriteAllBytes(file, content);
        });
        await new RunFiles(_ground.Store, clock).TakeAllInAsync(CancellationToken.None);
        Assert.True(File.Exists(file));
        Assert.Equal((1, 1), (await _ground.CountAsync("select count(*) from access_runs where state = 1"), await _ground.CountAsync("select count(*) from access_runs where state = 2")));
        await _ground.TidyAsync();
        Assert.Equal(People, await _ground.CountAsync("select sum(accesses) from access_runs"));
        await _ground.AssertListsAsync(Some);
    }

    [Fact]
    public async Task Lists_read_while_runs_are_taken_in_and_merged_miss_and_double_nothing()
    {
        for (var i = 0; i < AccessTidying.LikeRuns; i++) await _ground.CommandBatchAsync(AccessGround.Court, Numbers(i * 1000, 20_000));
        var tidying = Task.Run(_ground.TidyAsync);
        var reads = 0;
        while (!tidying.IsCompleted || reads == 0)
        {
            await _ground.AssertListsAsync(Some.Take(5));
            reads++;
        }

        await tidying;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_damaged_or_gone_is_told_by_its_name_leaves_nothing_behind_and_hinders_no_other(bool isGone)
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        var file = Kept().Single();
        var content = await File.ReadAllBytesAsync(file);
        await _ground.CommandBatchAsync(AccessGround.School, Numbers(0, People));
        if (isGone) File.Delete(file);
        else await File.WriteAllBytesAsync(file, content[..^1]);

        foreach (var act in new Func<Task>[] { _ground.TidyAsync, () => _files.TakeAllInAsync(CancellationToken.None), () => _files.WithAllInAsync(() => Task.FromResult(1), CancellationToken.None), ReadLastAsync })
        {
            var told = (await Assert.ThrowsAsync<DataRefusedException>(act)).Refusal;
            Assert.Equal("data.damaged-run", told.Code);
            Assert.Contains(file, told.English, StringComparison.Ordinal);
            Assert.Equal((1, 1), (await _ground.CountAsync("select count(*) from access_runs where state = 3"), await _ground.CountAsync("select count(*) from access_runs where state <> 3")));
        }

        await using (var connection = await _ground.Store.OpenAsync(CancellationToken.None)) Assert.Equal(file, _files.PathOf((await _files.LostAsync(connection, CancellationToken.None)).Single().Id));
        Directory.CreateDirectory(_files.Folder!);
        await File.WriteAllBytesAsync(file, content);
        await _ground.TidyAsync();
        await _ground.AssertListsAsync(Some);
        Assert.Equal(2, await _ground.CountAsync("select count(*) from access_runs"));
    }

    [Fact]
    public async Task With_the_whole_folder_gone_a_snapshot_names_what_is_missing()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        var file = Kept().Single();
        Directory.Delete(_files.Folder!, recursive: true);
        var told = await Assert.ThrowsAsync<DataRefusedException>(() => _files.WithAllInAsync(() => DatabaseSnapshot.OpenAsync(_ground.Store, CancellationToken.None), CancellationToken.None));
        Assert.Contains(file, told.Refusal.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_left_between_taking_in_and_reading_is_taken_in_and_all_is_read_again()
    {
        var reads = 0;
        var read = await _files.WithAllInAsync(async () =>
        {
            if (reads++ < 2) await _ground.CommandBatchAsync(AccessGround.Court, Numbers(reads, People));
            await using (await DatabaseSnapshot.OpenAsync(_ground.Store, CancellationToken.None)) return reads;
        }, CancellationToken.None);
        Assert.Equal(3, read);
        Assert.Equal(2, await _ground.CountAsync("select count(*) from access_runs where state = 1"));
    }

    [Fact]
    public async Task What_was_dropped_while_its_run_was_in_a_file_goes_from_there_too()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        Assert.Equal(1, await new AccessRetention(_ground.Store).DropAsync(_ground.Clock.Now.AddDays(1), CancellationToken.None));
        await _ground.TidyAsync();
        await new AccessRetention(_ground.Store).DropAsync(_ground.Clock.Now.AddDays(1), CancellationToken.None);
        await _ground.TidyAsync();
        Assert.Equal(0, await _ground.CountAsync("select (select count(*) from access_runs) + (select count(*) from access_blocks)"));
    }

    [Fact]
    public async Task A_database_of_two_names_has_one_folder()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        var link = Path.Combine(_ground.Database.Folder, "other.db");
        File.CreateSymbolicLink(link, _ground.Store.FilePath!);
        await using var store = new DataStore(new DataOptions { Connection = $"Data Source={link}" }, _ground.Database.Folder);
        Assert.Equal(_files.Folder, new RunFiles(store, _ground.Clock).Folder);
        Assert.Single((await new AccessHistory(store, [_ground.Key]).ReadAsync([AccessGround.Person(5)], _ground.Clock.Now, 9, null, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Who_may_write_the_database_may_write_its_runs()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_ground.Store.FilePath!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        Assert.Equal(File.GetUnixFileMode(_ground.Store.FilePath!), File.GetUnixFileMode(Kept().Single()));
        Assert.True(File.GetUnixFileMode(_files.Folder!).HasFlag(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute));
    }

    // Numbers of nobody, some of whom come behind all others, so that a whole file is read.
    private async Task ReadLastAsync()
    {
        for (var one = 0; one < 2000; one++) await _ground.ListAsync(ulong.MaxValue - (ulong)one);
    }

    [Fact]
    public async Task A_snapshot_is_refused_while_a_part_is_in_files_and_whole_once_they_are_taken_in()
    {
        await _ground.CommandBatchAsync(AccessGround.Court, Numbers(0, People));
        Assert.Equal("data.runs-in-files", (await Assert.ThrowsAsync<DataRefusedException>(() => DatabaseSnapshot.OpenAsync(_ground.Store, CancellationToken.None))).Refusal.Code);
        await _files.TakeAllInAsync(CancellationToken.None);
        await (await DatabaseSnapshot.OpenAsync(_ground.Store, CancellationToken.None)).DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_no_file()
    {
        await File.WriteAllTextAsync(_files.Folder!, "in the way");
        var told = await Assert.ThrowsAsync<DataRefusedException>(() => _ground.ForCommandBatchAsync(AccessGround.Court, Numbers(0, People)));
        Assert.Contains(_files.Folder!, told.Refusal.English, StringComparison.Ordinal);
        Assert.Equal(0, await _ground.CountAsync("select count(*) from access_runs"));
    }

    // Something happens when the time is asked for the first time.
    private sealed class InterruptedClock(TimeProvider clock, Action what) : TimeProvider
    {
        private bool _isDone;

        public override DateTimeOffset GetUtcNow()
        {
            if (!_isDone)
            {
                _isDone = true;
                what();
            }

            return clock.GetUtcNow();
        }
    }

    private string[] Kept() => Directory.Exists(_files.Folder) ? Directory.GetFiles(_files.Folder) : [];

    private static ulong[] Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (ulong)i)];
}
