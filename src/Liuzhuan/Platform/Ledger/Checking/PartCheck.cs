using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>
/// The entries of one tile in the places that they claim themselves, with their hashes. Hashing is most of the work of a check, so it is done here, many
/// parts at a time; what needs the entries before it is done later, in order.
/// </summary>
internal sealed class PartCheck
{
    private readonly LogPart _part;
    private readonly TreeHash?[] _hashes;
    private readonly LeafHead?[] _heads;

    public PartCheck(LogPart part)
    {
        _part = part;
        _hashes = new TreeHash?[part.Leaves.Count];
        _heads = new LeafHead?[part.Leaves.Count];
        for (var i = 0; i < part.Leaves.Count; i++)
        {
            if (part.Leaves[i] is not { } stored) continue;
            _hashes[i] = TreeHash.OfLeaf(stored.Leaf.Span);
            if (LeafHead.TryRead(stored.Leaf.Span, out var head)) _heads[i] = head;
        }
    }

    public long First => _part.First;

    /// <summary>An entry that claims a place in this part, or was carried over into it.</summary>
    internal readonly record struct Slot(StoredLeaf Stored, TreeHash Hash, LeafHead Head, int Index);

    /// <summary>Puts entries in the places they claim. What claims a later part is carried over to it: after a dropped entry all others have moved up.</summary>
    /// <param name="width">How many entries the part should have.</param>
    public Slot?[] Place(int width, List<Slot> carried, List<Finding> found)
    {
        var slots = new Slot?[width];
        var inPlace = 0;
        for (var i = 0; i < width && i < _heads.Length; i++)
        {
            if (_heads[i]?.Position != First + i) continue;
            slots[i] = Claim(i);
            inPlace++;
        }

        if (inPlace == width && _part.Leaves.Count == width && carried.Count == 0) return slots;
        foreach (var slot in carried.ToList()) Take(slot with { Index = -1 });
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_heads[i] is { } head && head.Position != First + i) Take(Claim(i));
        }

        NameMoved(slots, found);
        NameMissing(slots, found);
        carried.RemoveAll(slot => slot.Head.Position < First + TilePath.Full);
        if (carried.Count > TilePath.Full) carried.Clear();
        return slots;

        Slot Claim(int i) => new(_part.Leaves[i]!.Value, _hashes[i]!.Value, _heads[i]!.Value, i);

        void Take(Slot slot)
        {
            var place = slot.Head.Position - First;
            if (place >= 0 && place < width) slots[place] ??= slot;
            else if (place >= TilePath.Full && slot.Index >= 0) carried.Add(slot);
        }
    }

    // An entry has moved when it does not stand where it claims to, and one that stands before it claims a later place, or the other way round.
    private void NameMoved(Slot?[] slots, List<Finding> found)
    {
        var claims = slots.Where(slot => slot is { Index: >= 0 }).Select(slot => slot!.Value).OrderBy(slot => slot.Index).ToList();
        var (highest, moved) = (long.MinValue, new SortedSet<long>());
        foreach (var slot in claims)
        {
            if (slot.Head.Position < highest) moved.Add(slot.Head.Position);
            highest = Math.Max(highest, slot.Head.Position);
        }

        var lowest = long.MaxValue;
        foreach (var slot in Enumerable.Reverse(claims))
        {
            if (slot.Head.Position > lowest) moved.Add(slot.Head.Position);
            lowest = Math.Min(lowest, slot.Head.Position);
        }

        foreach (var slot in claims.Where(slot => slot.Head.Position - First == slot.Index)) moved.Remove(slot.Head.Position);
        found.AddRange(moved.Select(position => Finding.At(Damage.Reordered, position)));
    }

    // Where nobody claims a place, what stands there instead tells whether the entry was changed or is gone.
    private void NameMissing(Slot?[] slots, List<Finding> found)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] is not null) continue;
            var there = i < _part.Leaves.Count && _part.Leaves[i] is not null;
            var isClaimedElsewhere = there && _heads[i] is { } head && (slots.Any(slot => slot?.Index == i) || head.Position >= First + TilePath.Full);
            found.Add(Finding.At(there && !isClaimedElsewhere ? Damage.Changed : Damage.Dropped, First + i));
        }
    }
}
