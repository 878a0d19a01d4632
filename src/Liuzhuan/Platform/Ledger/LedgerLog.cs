using System.Data.Common;
using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger;

/// <summary>An entry as it is stored.</summary>
internal sealed record StoredEntry(long Position, DateTimeOffset At, string Kind, byte[] Leaf, byte[] LeafHash);

/// <summary>Reads the log in the database: entries, tiles, and proofs over any size it has had. A proof takes some dozen reads, however long the log is.</summary>
internal sealed class LedgerLog(DataStore store)
{
    private const string
        HeadRow = "select size, root, note, written_at from ledger_head where id = 1",
        Entry = "select position, written_at, kind, leaf, leaf_hash from ledger_entries where position = @position",
        Leaves = "select leaf from ledger_entries where position >= @from and position < @to order by position",
        Hashes = "select leaf_hash from ledger_entries where position >= @from and position < @to order by position",
        Tile = "select hashes from ledger_tiles where level = @level and number = @number",
        Roots = "select root from ledger_tiles where level = @level and number >= @from and number < @to order by number";

    /// <summary>The end of the log.</summary>
    public async Task<LedgerHead> HeadAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await HeadAsync(connection, stop);
    }

    /// <summary>The end of the log, over a connection of the caller's.</summary>
    public static async Task<LedgerHead> HeadAsync(DbConnection connection, CancellationToken stop) =>
        await connection.ListAsync(null, HeadRow, row => new LedgerHead(row.GetInt64(0), TreeHash.Read(row.GetFieldValue<byte[]>(1)), row.GetString(2), row.Instant(3)), stop) is [var head] ? head : LedgerHead.Empty;

    /// <summary>An entry; null when there is none at the position.</summary>
    public async Task<StoredEntry?> EntryAsync(long position, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var found = await connection.ListAsync(null, Entry, row => new StoredEntry(row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4)), stop, ("position", position));
        return found is [var entry] ? entry : null;
    }

    /// <summary>The bytes of a tile or bundle as tlog-tiles lays them out; null when the log has none of that width.</summary>
    public async Task<byte[]?> TileAsync(TilePath path, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var head = await HeadAsync(connection, stop);
        if (path.First + path.Width > head.Size >> (TilePath.Height * Math.Max(path.Level, 0))) return null;
        if (path.Level == TilePath.Entries) return EntryBundle.Write(await LeavesAsync(connection, path.First, path.First + path.Width, stop));
        return await HashesAsync(connection, path, stop) is { } hashes ? MemoryMarshal.AsBytes<TreeHash>(hashes).ToArray() : null;
    }

    /// <summary>The hashes of a tile as they are stored, whatever the head says; null when some are missing.</summary>
    public async Task<byte[]?> HashesAsync(TilePath path, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await HashesAsync(connection, path, stop) is { } hashes ? MemoryMarshal.AsBytes<TreeHash>(hashes).ToArray() : null;
    }

    /// <summary>The root of the log as it was with <paramref name="size"/> entries.</summary>
    public async Task<TreeHash> RootAsync(long size, CancellationToken stop) => (await HashAsync([new TreeRange(0, size)], stop))[0];

    /// <summary>Proves that an entry is in the log of <paramref name="size"/> entries, lowest hash first.</summary>
    public Task<IReadOnlyList<TreeHash>> InclusionAsync(long position, long size, CancellationToken stop) => HashAsync(TreeProofs.Inclusion(position, size), stop);

    /// <summary>Proves that the log of <paramref name="to"/> entries begins with the log of <paramref name="from"/>.</summary>
    public Task<IReadOnlyList<TreeHash>> ConsistencyAsync(long from, long to, CancellationToken stop) => HashAsync(TreeProofs.Consistency(from, to), stop);

    private async Task<IReadOnlyList<TreeHash>> HashAsync(IReadOnlyList<TreeRange> ranges, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var nodes = new Dictionary<TreeNode, TreeHash>();
        // Neighbouring subtrees lie in the same tile, which is read once.
        foreach (var tile in ranges.SelectMany(range => range.Nodes()).Distinct().GroupBy(TileOf))
        {
            var width = tile.Max(node => (int)(((node.Index + 1) << Height(node)) - tile.Key.First));
            var hashes = await HashesAsync(connection, tile.Key with { Width = width }, stop) ?? throw new LedgerBrokenException($"The ledger's database lacks hashes of {tile.Key}. Run liuzhuan ledger check.");
            foreach (var node in tile) nodes[node] = TreeHash.OfAll(hashes.AsSpan((int)((node.Index << Height(node)) - tile.Key.First), 1 << Height(node)));
        }

        return [.. ranges.Select(range => range.Hash(node => nodes[node]))];
    }

    private static TilePath TileOf(TreeNode node) => new(node.Level / TilePath.Height, (node.Index << Height(node)) / TilePath.Full, TilePath.Full);

    // How far above the hashes of its tile a node stands.
    private static int Height(TreeNode node) => node.Level % TilePath.Height;

    // The first hashes of a tile: from the tile when it is full, otherwise from what it will be made of.
    private static async Task<TreeHash[]?> HashesAsync(DbConnection connection, TilePath tile, CancellationToken stop)
    {
        var found = await connection.ListAsync(null, Tile, row => row.GetFieldValue<byte[]>(0), stop, ("level", tile.Level), ("number", tile.Number));
        if (found is [{ Length: TilePath.Full * TreeHash.Size } full]) return MemoryMarshal.Cast<byte, TreeHash>(full)[..tile.Width].ToArray();
        var (from, to) = (("from", (object?)tile.First), ("to", (object?)(tile.First + tile.Width)));
        var hashes = tile.Level == 0
            ? await connection.ListAsync(null, Hashes, Hash, stop, from, to)
            : await connection.ListAsync(null, Roots, Hash, stop, ("level", tile.Level - 1), from, to);
        return hashes.Count == tile.Width ? [.. hashes] : null;
    }

    private static async Task<List<byte[]>> LeavesAsync(DbConnection connection, long from, long to, CancellationToken stop) =>
        await connection.ListAsync(null, Leaves, row => row.GetFieldValue<byte[]>(0), stop, ("from", from), ("to", to));

    // A hash that somebody cut short is a wrong hash.
    private static TreeHash Hash(DbDataReader row) => row.GetFieldValue<byte[]>(0) is { Length: TreeHash.Size } bytes ? TreeHash.Read(bytes) : default;
}
