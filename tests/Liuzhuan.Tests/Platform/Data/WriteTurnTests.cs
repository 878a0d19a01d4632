using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Platform.Data;

public class WriteTurnTests
{
    [Fact]
    public async Task Writers_on_sqlite_wait_for_each_other_and_one_that_gave_up_takes_no_turn()
    {
        await using var made = await TestDatabase.CreateAsync("sqlite", migrate: false);
        var first = await made.Store.TurnAsync(CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var givesUp = made.Store.TurnAsync(gone.Token).AsTask();
        var next = made.Store.TurnAsync(CancellationToken.None).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp);
        Assert.False(next.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var second = await next;
        // Disposing of the first one twice gave one turn only.
        Assert.False(made.Store.TurnAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task The_log_is_carried_over_into_the_file_beside_a_writer()
    {
        await using var made = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, "create table many (id integer primary key, words text)", CancellationToken.None);
        await connection.ExecuteAsync(null, "insert into many (id, words) values (1, @words)", CancellationToken.None, ("words", new string('x', 1 << 20)));
        var before = new FileInfo(made.Store.FilePath!).Length;
        await using var writing = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await connection.ExecuteAsync(writing, "insert into many (id) values (2)", CancellationToken.None);

        using var upkeep = new WalUpkeep(made.Store, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WalUpkeep>.Instance);
        await upkeep.RunOnceAsync(CancellationToken.None);

        Assert.InRange(new FileInfo(made.Store.FilePath!).Length, before + (1 << 20), long.MaxValue);
        await writing.CommitAsync();
        Assert.Equal(2L, await connection.ScalarAsync(null, "select count(*) from many", CancellationToken.None));
    }

    [Fact]
    public async Task A_running_service_carries_the_log_over_by_itself()
    {
        await using var made = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        using var upkeep = new WalUpkeep(made.Store, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WalUpkeep>.Instance);
        await upkeep.StartAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, "create table many (words text)", CancellationToken.None);
        await connection.ExecuteAsync(null, "insert into many (words) values (@words)", CancellationToken.None, ("words", new string('x', 1 << 20)));

        for (var patience = 0; new FileInfo(made.Store.FilePath!).Length < 1 << 20; patience++)
        {
            Assert.InRange(patience, 0, 600);
            await Task.Delay(100);
        }

        await upkeep.StopAsync(CancellationToken.None);
    }
}
