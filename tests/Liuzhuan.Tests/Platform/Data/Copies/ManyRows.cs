using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Platform.Data.Copies;

/// <summary>A table of the size and kind of a ledger's entries.</summary>
internal static class ManyRows
{
    public const string Table = "many_rows";

    private const int LeafBytes = 220;

    public static async Task WriteAsync(DataStore store, int count)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, store.Dialect.Translate($"create table {Table} (position {{long}} primary key, at {{instant}} not null, kind text not null, leaf {{bytes}} not null, hash {{bytes}} not null)"), CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var insert = await BulkInsert.BeginAsync(transaction, Table, ["position", "at", "kind", "leaf", "hash"], CancellationToken.None))
        {
            var random = new Random(7);
            var (leaf, hash) = (new byte[LeafBytes], new byte[32]);
            for (var i = 0; i < count; i++)
            {
                random.NextBytes(leaf);
                random.NextBytes(hash);
                await insert.WriteAsync([(long)i, TestClock.Morning.AddMilliseconds(i), "question", leaf, hash], CancellationToken.None);
            }

            await insert.CompleteAsync(CancellationToken.None);
        }

        await transaction.CommitAsync();
    }
}
