using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>One snapshot and one overlay that belong together; immutable.</summary>
internal sealed class RegisterView(Snapshot snapshot, Overlay overlay)
{
    public Snapshot Snapshot => snapshot;

    public Overlay Overlay => overlay;

    public DateTimeOffset AsOf => overlay.Count > 0 && overlay.AsOf > snapshot.Header.AsOf ? overlay.AsOf : snapshot.Header.AsOf;

    public string Digest { get; } = overlay.Count == 0 ? snapshot.Digest : Convert.ToHexStringLower(Overlay.Combined(Convert.FromHexString(snapshot.Digest), overlay.Hash));

    public static RegisterView Open(string path, Func<string, RegisterSchema?> findSchema, bool isResident = false)
    {
        // A merge puts the new snapshot in place before it takes the old overlay away; the pair read may be of two moments, then it is read again.
        for (var attempt = 0; ; attempt++)
        {
            var snapshot = Snapshot.Open(path, findSchema, isResident);
            try
            {
                var overlay = Overlay.Load(snapshot);
                if (overlay.Count > 0 || attempt >= 3 || Snapshot.IsStill(path, snapshot.Digest)) return new RegisterView(snapshot, overlay);
            }
            catch (RegisterException fault) when (fault.Code == "register_overlay" && attempt < 3)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>All records under a key, changes included.</summary>
    public IReadOnlyList<StoredRecord> RecordsOf(ulong key, string keyText) =>
        overlay.Count > 0 && overlay.TryGet(keyText, out var changed) ? changed : snapshot.RecordsOf(key, keyText);

    /// <summary>Every record, changes included.</summary>
    public IEnumerable<(string KeyText, StoredRecord Record)> All()
    {
        foreach (var (key, record) in snapshot.All())
        {
            if (!overlay.TryGet(key, out _)) yield return (key, record);
        }

        foreach (var (key, records) in overlay.All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var record in records) yield return (key, record);
        }
    }
}
