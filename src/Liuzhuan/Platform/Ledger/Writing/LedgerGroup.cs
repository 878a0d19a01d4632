using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Entries that become durable in one commit: their places, leaves and hashes, and the tree with them.</summary>
internal sealed class LedgerGroup
{
    private readonly TreeGrowth _growth;
    private readonly List<FullTile> _tiles = [];

    /// <param name="state">The end of the log they follow.</param>
    /// <param name="now">The clock; an entry is never written with a time before the one in front of it.</param>
    public LedgerGroup(LogState state, IReadOnlyList<Pending> entries, DateTimeOffset now)
    {
        (Entries, First) = (entries, state.Size);
        At = Instants.Whole(now > state.LastAt ? now : state.LastAt);
        var time = LeafText.Time(At);
        (Leaves, Hashes) = (new byte[entries.Count][], new TreeHash[entries.Count]);
        for (var i = 0; i < entries.Count; i++)
        {
            Leaves[i] = LeafText.Write(First + i, time, entries[i].Ending);
            Hashes[i] = TreeHash.OfLeaf(Leaves[i]);
        }

        _growth = new TreeGrowth(state.Edge, Hashes);
        After = new LogState(_growth.After(), _growth.Root, state.Tails.Grow(_growth, _tiles), At);
    }

    public IReadOnlyList<Pending> Entries { get; }

    /// <summary>The position of its first entry.</summary>
    public long First { get; }

    /// <summary>The time of all its entries.</summary>
    public DateTimeOffset At { get; }

    public byte[][] Leaves { get; }

    public TreeHash[] Hashes { get; }

    /// <summary>Tiles that it makes full.</summary>
    public IReadOnlyList<FullTile> Tiles => _tiles;

    public TreeHash Root => _growth.Root;

    /// <summary>The end of the log once it is committed.</summary>
    public LogState After { get; }

    /// <summary>What is signed over the log with this group.</summary>
    public Checkpoint CheckpointOf(string origin) => new(origin, After.Size, Root);

    /// <summary>The receipt of one of its entries.</summary>
    public LedgerReceipt Receipt(int index, string note) => new(First + index, At, Leaves[index], Bytes(_growth.Path(First + index)), note);

    /// <summary>Hashes of a path as a receipt carries them.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Bytes(IReadOnlyList<TreeHash> hashes)
    {
        ReadOnlyMemory<byte> all = MemoryMarshal.AsBytes<TreeHash>(hashes.ToArray()).ToArray();
        var path = new ReadOnlyMemory<byte>[hashes.Count];
        for (var i = 0; i < path.Length; i++) path[i] = all.Slice(i * TreeHash.Size, TreeHash.Size);
        return path;
    }
}
