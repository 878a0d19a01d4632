using Liuzhuan.Platform.Ledger.Accesses;

namespace Liuzhuan.Exchange.Objections;

/// <summary>One access that stands in a person's own list; nobody reads another's entry through it.</summary>
internal sealed class OwnAccess(AccessHistory history, TimeProvider clock)
{
    /// <summary>Null where the person's list holds no such entry, or not yet.</summary>
    public async Task<AccessItem?> FindAsync(IReadOnlyList<PersonKey> person, long position, CancellationToken stop)
    {
        if (position is < 0 or long.MaxValue) return null;
        var page = await history.ReadAsync(person, clock.GetUtcNow(), 1, position + 1, stop);
        return page.Items is [var item] && item.Position == position ? item : null;
    }
}
