using System.Data.Common;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Writing;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Erases payloads whose time is over. Leaves and proofs stay as they are: a leaf holds only a digest, made with a nonce that goes too.</summary>
internal sealed class Retention(DataStore store, Ledger ledger)
{
    private const string
        Due = "select count(*) from ledger_payloads where erased_at is null and erase_after <= @due",
        Erase = "update ledger_payloads set content = null, nonce = null, erased_at = @at where erased_at is null and erase_after <= @due";

    /// <summary>Erases what is due, and logs that it was done: both or neither become durable. Gives back how many payloads that were.</summary>
    /// <param name="now">See <see cref="ErasureTime"/>.</param>
    public async Task<long> EraseDueAsync(DateTimeOffset now, CancellationToken stop)
    {
        var due = Instants.Whole(now);
        await using var connection = await store.OpenAsync(stop);
        if (Convert.ToInt64(await connection.ScalarAsync(null, Due, stop, ("due", due)), null) == 0) return 0;
        var eraser = new Eraser();
        var detail = Encoding.ASCII.GetBytes($"{{\"act\":\"erase-payloads\",\"due\":\"{Encoding.ASCII.GetString(LeafText.Time(due))}\"}}");
        await ledger.AppendAsync(new NewEntry("administration", "ledger", detail) { Companions = [new Companion(eraser, due)] }, stop);
        // On SQLite the pages as they were before still lie in the write-ahead log.
        if (!store.IsShared) await connection.ExecuteAsync(null, "pragma wal_checkpoint(truncate)", stop);
        return eraser.Erased;
    }

    private sealed class Eraser : ICompanionWriter
    {
        public long Erased { get; private set; }

        public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
        {
            var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
            Erased = 0;
            foreach (var row in rows) Erased += await connection.ExecuteAsync(transaction, Erase, stop, ("at", row.At), ("due", row.Content));
            return [];
        }
    }
}
