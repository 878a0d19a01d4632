using System.Runtime.InteropServices;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>What a check found.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Findings">What is wrong, in the order of the log; the first hundred.</param>
/// <param name="Damaged">How many things are wrong.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record CheckReport(long Entries, IReadOnlyList<Finding> Findings, long Damaged, TimeSpan Elapsed);

/// <summary>
/// Reads a whole log once, front to back, in constant memory, and names what is wrong with it: entries against their hashes, places and times, tiles against
/// entries, and the whole against signed checkpoints.
/// </summary>
/// <param name="checkpoints">Verified checkpoints and what they are called; the log is checked as long as the longest of them.</param>
internal sealed class LogCheck(LogSource source, IReadOnlyList<(string Name, Checkpoint Checkpoint)> checkpoints, TimeProvider clock)
{
    private const int MostFindings = 100, AtOnce = 16;

    private readonly List<Finding> _findings = [];
    private readonly List<List<TreeHash>> _levels = [];
    private readonly RightEdge _edge = new();
    private readonly HashSet<long> _wanted = [.. checkpoints.Select(reference => reference.Checkpoint.Size)];
    private readonly long _size = checkpoints.Max(reference => reference.Checkpoint.Size);
    private readonly SortedSet<long> _damagedParts = [];
    private readonly Dictionary<long, TreeHash> _roots = new() { [0] = TreeHash.Empty };
    private readonly List<PartCheck.Slot> _carried = [];
    private readonly Dictionary<int, (TilePath Path, byte[]? Bytes)> _lastTiles = [];
    private DateTimeOffset _lastAt;
    private long _damaged;

    /// <param name="progress">Told how many entries are done.</param>
    public async Task<CheckReport> RunAsync(Action<long, long>? progress, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var hashing = new Queue<Task<PartCheck>>();
        await foreach (var part in source.PartsAsync(_size, stop))
        {
            hashing.Enqueue(Task.Run(() => new PartCheck(part), stop));
            if (hashing.Count >= AtOnce) await TakeAsync(await hashing.Dequeue(), stop);
            progress?.Invoke(_edge.Size, _size);
        }

        while (hashing.TryDequeue(out var part)) await TakeAsync(await part, stop);
        for (var level = 1; level < _levels.Count; level++) await CheckTileAsync(level, stop);
        // Where entries are named already, a root that differs would say the same once more.
        var wrong = checkpoints.Where(reference => _roots[reference.Checkpoint.Size] != reference.Checkpoint.Root).OrderBy(reference => reference.Checkpoint.Size);
        foreach (var (name, checkpoint) in wrong.Take(_damaged > 0 ? 0 : 1)) Add(new Finding(Damage.Replaced, 0, checkpoint.Size - 1, name));
        foreach (var extra in await source.ExtrasAsync(_size, stop)) Add(extra);
        return new CheckReport(_edge.Size, _findings, _damaged, clock.GetElapsedTime(began));
    }

    private async Task TakeAsync(PartCheck part, CancellationToken stop)
    {
        var number = part.First / TilePath.Full;
        var width = (int)Math.Min(TilePath.Full, _size - part.First);
        var found = new List<Finding>();
        var slots = part.Place(width, _carried, found);
        var hashes = new TreeHash[width];
        for (var i = 0; i < width; i++) hashes[i] = slots[i]?.Hash ?? default;
        var stored = await StoredAsync(new TilePath(0, number, width), stop);
        // The tile over the tile tells which of the two was changed when they differ.
        var isTile = stored is not null && !stored.AsSpan().SequenceEqual(hashes) && found.Count == 0 && await IsVouchedForAsync(0, number, hashes, stop);
        if (isTile) found.Add(new Finding(Damage.Tile, part.First, part.First + width - 1, new TilePath(0, number, width).ToString()));
        if (stored is null && found.Count == 0) found.Add(new Finding(Damage.Tile, part.First, part.First + width - 1, new TilePath(0, number, width).ToString()));
        for (var i = 0; i < width; i++)
        {
            if (slots[i] is { } slot) CheckSlot(slot, part.First + i, stored is null || isTile ? null : stored[i], found);
        }

        foreach (var finding in found.OrderBy(finding => finding.First)) Add(finding);
        if (found.Count > 0) _damagedParts.Add(number);
        foreach (var hash in hashes)
        {
            _edge.Append(hash);
            if (_wanted.Contains(_edge.Size)) _roots[_edge.Size] = _edge.Root;
        }

        if (width == TilePath.Full) await RaiseAsync(1, TreeHash.OfAll(hashes), stop);
    }

    private void CheckSlot(PartCheck.Slot slot, long position, TreeHash? tile, List<Finding> found)
    {
        var backward = slot.Head.At < _lastAt || (slot.Stored.StoredAt is { } storedAt && storedAt != slot.Head.At);
        var changed = (slot.Stored.StoredHash is { } stored && stored != slot.Hash) || (tile is { } hash && hash != slot.Hash);
        if (!changed) _lastAt = slot.Head.At > _lastAt ? slot.Head.At : _lastAt;
        if ((backward || changed) && !found.Exists(finding => finding.First == position && finding.Damage == Damage.Reordered)) found.Add(Finding.At(backward ? Damage.BackDated : Damage.Changed, position));
    }

    // A hash over 256 things belongs into a tile one level up, which is compared with the stored one when it is full, or at the end.
    private async Task RaiseAsync(int level, TreeHash root, CancellationToken stop)
    {
        while (_levels.Count <= level) _levels.Add([]);
        _levels[level].Add(root);
        if (_levels[level].Count == TilePath.Full) await CheckTileAsync(level, stop);
    }

    private async Task CheckTileAsync(int level, CancellationToken stop)
    {
        var hashes = CollectionsMarshal.AsSpan(_levels[level]).ToArray();
        if (hashes.Length == 0) return;
        var number = ((_size >> (TilePath.Height * level)) - 1) / TilePath.Full;
        if (hashes.Length == TilePath.Full) number = (_edge.Size >> (TilePath.Height * (level + 1))) - 1;
        var path = new TilePath(level, number, hashes.Length);
        var stored = await StoredAsync(path, stop);
        if (stored is null || (!stored.AsSpan().SequenceEqual(hashes) && await IsVouchedForAsync(level, number, hashes, stop)))
        {
            Add(new Finding(Damage.Tile, path.First << (TilePath.Height * level), ((path.First + path.Width) << (TilePath.Height * level)) - 1, path.ToString()));
        }
        else
        {
            for (var i = 0; i < hashes.Length; i++) CheckCovered(level, path.First + i, hashes[i] == stored[i]);
        }

        _levels[level].Clear();
        if (hashes.Length == TilePath.Full) await RaiseAsync(level + 1, TreeHash.OfAll(hashes), stop);
    }

    // Entries that fit their own hashes but not the hash over them were replaced together with their hashes.
    private void CheckCovered(int level, long index, bool fits)
    {
        var (first, last) = (index << (TilePath.Height * level), ((index + 1) << (TilePath.Height * level)) - 1);
        if (fits || _damagedParts.GetViewBetween(first / TilePath.Full, last / TilePath.Full).Count > 0) return;
        Add(new Finding(Damage.Changed, first, last));
        _damagedParts.Add(first / TilePath.Full);
    }

    // True when the stored hash over a tile is the one that the entries give.
    private async Task<bool> IsVouchedForAsync(int level, long number, TreeHash[] hashes, CancellationToken stop)
    {
        if (hashes.Length < TilePath.Full) return false;
        var above = new TilePath(level + 1, number / TilePath.Full, (int)Math.Min(TilePath.Full, (_size >> (TilePath.Height * (level + 1))) - number / TilePath.Full * TilePath.Full));
        return await StoredAsync(above, stop) is { } roots && roots[number % TilePath.Full] == TreeHash.OfAll(hashes);
    }

    private async Task<TreeHash[]?> StoredAsync(TilePath path, CancellationToken stop)
    {
        if (!_lastTiles.TryGetValue(path.Level, out var last) || last.Path != path) _lastTiles[path.Level] = last = (path, await source.TileAsync(path, stop));
        return last.Bytes?.Length == path.Width * TreeHash.Size ? MemoryMarshal.Cast<byte, TreeHash>(last.Bytes).ToArray() : null;
    }

    private void Add(Finding finding)
    {
        _damaged++;
        if (_findings.Count < MostFindings) _findings.Add(finding);
    }
}
