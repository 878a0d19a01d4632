using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Tests.Platform.Ledger;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>A log on a database of its own, with as many writers as a test wants.</summary>
internal sealed class LedgerGround : IAsyncDisposable
{
    public static readonly SigningKey Key = SigningSuites.Ed25519.Load([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private readonly TestDatabase _database;
    private readonly List<DataStore> _stores = [];

    private LedgerGround(TestDatabase database)
    {
        (_database, Ledger) = (database, Open(database.Store));
        Log = Ledger.Log;
    }

    public TestClock Clock { get; } = new(TestClock.Morning);

    public Ledger Ledger { get; private set; }

    public LedgerLog Log { get; }

    public DataStore Store => _database.Store;

    public string Folder => _database.Folder;

    public DataOptions Options => _database.Options;

    public NoteKey NoteKey => Ledger.Key;

    public static async Task<LedgerGround> CreateAsync(string provider) => new(await TestDatabase.CreateAsync(provider));

    public static NewEntry Entry(int number, string kind = "question") => new(kind, "agency/000000000000000000", Encoding.UTF8.GetBytes($"{{\"number\":{number}}}"));

    /// <summary>Another writer on the same database, as another process has it.</summary>
    public Ledger OpenAnother(LedgerOptions? options = null, bool isAlone = false)
    {
        var store = _database.OpenAgain();
        _stores.Add(store);
        return Open(store, options, isAlone);
    }

    /// <summary>Ends the first writer and begins again with what the database holds.</summary>
    public async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = Open(_database.Store);
    }

    /// <summary>Entries one after another.</summary>
    public async Task<List<LedgerReceipt>> AppendAsync(int count)
    {
        var receipts = await Ledger.AppendAsync([.. Enumerable.Range(0, count).Select(i => Entry(i))], CancellationToken.None);
        return [.. receipts.Select(receipt => receipt!)];
    }

    /// <summary>Every receipt must hold against the key alone.</summary>
    public void AssertHolds(LedgerReceipt receipt)
    {
        Assert.True(Checkpoint.Open(receipt.Checkpoint, NoteKey).Ok(out var checkpoint, out var refusal), refusal?.English);
        Assert.True(TreeProofs.VerifyInclusion(TreeHash.OfLeaf(receipt.Leaf.Span), receipt.Position, checkpoint.Size, [.. receipt.Path.Select(hash => TreeHash.Read(hash.Span))], checkpoint.Root));
    }

    /// <summary>The log in the database, read whole: no gap, every hash and the head right.</summary>
    public async Task<List<StoredEntry>> ReadSoundAsync()
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        var entries = await connection.ListAsync(null, "select position, written_at, kind, leaf, leaf_hash from ledger_entries order by position",
            row => new StoredEntry(row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4)), CancellationToken.None);
        var edge = new RightEdge();
        foreach (var entry in entries)
        {
            Assert.Equal(edge.Size, entry.Position);
            var hash = TreeHash.OfLeaf(entry.Leaf);
            Assert.Equal(hash, TreeHash.Read(entry.LeafHash));
            edge.Append(hash);
        }

        var head = await Log.HeadAsync(CancellationToken.None);
        Assert.Equal((edge.Size, edge.Root), (head.Size, head.Root));
        if (head.Size > 0) Assert.True(Checkpoint.Open(head.Note, NoteKey).Ok(out var checkpoint, out _) && checkpoint.Root == head.Root && checkpoint.Size == head.Size);
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        foreach (var store in _stores) await store.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Ledger Open(DataStore store, LedgerOptions? options = null, bool isAlone = false) => new(store, Key, options ?? new LedgerOptions(), Clock, NullLogger<Ledger>.Instance, isAlone);
}
