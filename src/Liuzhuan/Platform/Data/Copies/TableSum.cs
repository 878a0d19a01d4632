using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>What proves that two tables hold the same: SHA-256 over the heading and every row in the order of the key, in a form that does not depend on the database.</summary>
internal sealed record TableSum(string Table, long Rows, string Digest);

/// <summary>Adds a table up while its rows pass.</summary>
internal sealed class TableSumming : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _table;
    private long _rows;

    public TableSumming(TableShape table)
    {
        _table = table.Name;
        _hash.AppendData(Encoding.UTF8.GetBytes(table.Heading));
    }

    public void Add(ReadOnlySpan<byte> rows, int count)
    {
        _hash.AppendData(rows);
        _rows += count;
    }

    public TableSum Sum() => new(_table, _rows, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public void Dispose() => _hash.Dispose();
}
