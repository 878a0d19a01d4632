using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Where the person of a number lives according to the register, so that an answer can be measured by it. It is never told itself.</summary>
internal sealed class Residence(RegisterView view, int field)
{
    private const int MaxChain = 8;

    private readonly int _superseded = view.Snapshot.Schema.IndexOf(FieldRole.SupersededBy);

    /// <summary>True when there is a record and everything under the number is within. Several persons under one number must all be.</summary>
    public bool IsWithin(ulong key, string keyText, string prefix)
    {
        for (var hop = 0; hop <= MaxChain; hop++)
        {
            var records = view.RecordsOf(key, keyText);
            var live = records.Where(record => _superseded < 0 || record.Values[_superseded].Length == 0).ToList();
            if (live.Count > 0 || records.Count != 1) return live.Count > 0 && live.TrueForAll(record => record.Values[field].StartsWith(prefix, StringComparison.Ordinal));
            if (view.Snapshot.KeyReader.Read(records[0].Values[_superseded], out key, out keyText) != Reasons.None) return false;
        }

        return false;
    }
}
