using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

public class CompanionTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_companion_becomes_durable_with_its_entry_and_knows_its_place(string provider)
    {
        await using var ground = await GroundAsync(provider);
        var receipts = await ground.Ledger.AppendAsync([.. Enumerable.Range(0, 50).Select(i => With(i, $"key {i}"))], CancellationToken.None);
        var rows = await RowsAsync(ground);
        Assert.Equal(receipts.Select(receipt => receipt!.Position), rows.Select(row => row.Position));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"key {i}"), rows.Select(row => row.Key));
        // The tree that the receipt is over is the one the companion was told.
        Assert.All(receipts.Zip(rows), pair => Assert.Contains($"\n{pair.Second.Size}\n", pair.First!.Checkpoint, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_refused_companion_takes_its_entry_with_it_and_no_other(string provider)
    {
        await using var ground = await GroundAsync(provider);
        await ground.Ledger.AppendAsync(With(0, "taken"), CancellationToken.None);
        var receipts = await ground.Ledger.AppendAsync([With(1, "a"), With(2, "taken"), With(3, "b"), With(4, "a"), With(5, "c")], CancellationToken.None);
        Assert.Equal([1L, null, 2L, null, 3L], receipts.Select(receipt => receipt?.Position));
        foreach (var receipt in receipts.OfType<LedgerReceipt>()) ground.AssertHolds(receipt);
        Assert.Equal(4, (await ground.ReadSoundAsync()).Count);
        Assert.Equal(["taken", "a", "b", "c"], (await RowsAsync(ground)).Select(row => row.Key));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_companion_that_cannot_be_written_fails_alone(string provider)
    {
        await using var ground = await GroundAsync(provider);
        var waiting = Enumerable.Range(0, 40).Select(i => ground.Ledger.AppendAsync(With(i, i == 17 ? null : $"key {i}"), CancellationToken.None)).ToList();
        for (var i = 0; i < waiting.Count; i++)
        {
            if (i == 17) await Assert.ThrowsAnyAsync<DbException>(() => waiting[17]);
            else ground.AssertHolds((await waiting[i])!);
        }

        Assert.Equal(39, (await ground.ReadSoundAsync()).Count);
        Assert.Equal(39, (await RowsAsync(ground)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_thousand_callers_for_one_key_find_one_winner(string provider)
    {
        await using var ground = await GroundAsync(provider);
        await using var other = ground.OpenAnother();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => (i % 2 == 0 ? ground.Ledger : other).AppendAsync(With(i, $"key {i % 10}"), CancellationToken.None))));
        Assert.Equal(10, receipts.Count(receipt => receipt is not null));
        Assert.Equal(10, (await ground.ReadSoundAsync()).Count);
        Assert.Equal(receipts.OfType<LedgerReceipt>().Select(receipt => receipt.Position).Order(), (await RowsAsync(ground)).Select(row => row.Position));
    }

    private static NewEntry With(int number, string? key) => LedgerGround.Entry(number) with { Companions = [new Companion(KeyWriter.Instance, new Key(key))] };

    private static async Task<LedgerGround> GroundAsync(string provider)
    {
        var ground = await LedgerGround.CreateAsync(provider);
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, ground.Store.Dialect.Translate("create table test_keys (key text primary key not null, position {long} not null, size {long} not null)"), CancellationToken.None);
        return ground;
    }

    private static async Task<List<(string Key, long Position, long Size)>> RowsAsync(LedgerGround ground)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        return await connection.ListAsync(null, "select key, position, size from test_keys order by position", row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)), CancellationToken.None);
    }

    private sealed record Key(string? Value);

    private sealed class KeyWriter : ICompanionWriter
    {
        public static readonly KeyWriter Instance = new();

        public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
        {
            var refused = new List<int>();
            for (var i = 0; i < rows.Length; i++)
            {
                var written = await transaction.Connection!.ExecuteAsync(transaction, "insert into test_keys (key, position, size) values (@key, @position, @size) on conflict (key) do nothing", stop,
                    ("key", ((Key)rows[i].Content).Value), ("position", rows[i].Position), ("size", rows[i].TreeSize));
                if (written == 0) refused.Add(i);
            }

            return refused;
        }
    }
}
