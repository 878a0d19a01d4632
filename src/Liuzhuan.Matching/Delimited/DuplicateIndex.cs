namespace Liuzhuan.Matching.Delimited;

/// <summary>Remembers the first data row of each key, at 16 bytes per row at most.</summary>
public sealed class DuplicateIndex
{
    /// <summary>The first row with this key: <paramref name="row"/> itself when it is new. Keys are never 0.</summary>
    public uint FirstRow(ulong key, uint row) => throw new NotSupportedException("delimited");
}
