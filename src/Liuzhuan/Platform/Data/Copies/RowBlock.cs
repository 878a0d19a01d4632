using System.Buffers.Binary;
using System.Data.Common;
using System.Text;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>
/// Rows of one table in a form that does not depend on the database. A row is its length (4 bytes, big-endian) and its values in the order of the columns' names;
/// a value is the byte of its kind (0 for null) and 8 bytes big-endian (integer, instant in microseconds), 1 (boolean), 16 (UUID), or a length of 4 bytes and the content.
/// </summary>
internal sealed class RowBlock
{
    /// <summary>A block that has reached this many bytes is passed on; one row may be larger.</summary>
    public const int Full = 1 << 20;

    public const int CountBytes = sizeof(int);

    private const int LengthBytes = sizeof(int);

    private byte[] _bytes = new byte[Full + (Full / 4)];

    /// <summary>Bytes so far, with the number of rows that stands before them.</summary>
    public int Length { get; private set; } = CountBytes;

    public int Rows { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(CountBytes, Length - CountBytes);

    /// <summary>The number of rows (4 bytes, big-endian), and the rows: what a backup keeps.</summary>
    public ReadOnlyMemory<byte> Counted
    {
        get
        {
            BinaryPrimitives.WriteInt32BigEndian(_bytes, Rows);
            return _bytes.AsMemory(0, Length);
        }
    }

    public void Clear() => (Length, Rows) = (CountBytes, 0);

    /// <summary>Adds the row a reader stands on.</summary>
    /// <exception cref="DataRefusedException">SQLite holds a value of another kind than its column is for.</exception>
    public void Add(DbDataReader row, TableShape table)
    {
        var start = Length;
        Take(LengthBytes);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            switch (row.GetValue(i))
            {
                case DBNull: Take(1)[0] = 0; break;
                case long or int or short when column.Kind == ColumnKind.Integer: Number(ColumnKind.Integer, row.GetInt64(i)); break;
                case long micros when column.Kind == ColumnKind.Instant: Number(ColumnKind.Instant, micros); break;
                case DateTime instant when column.Kind == ColumnKind.Instant: Number(ColumnKind.Instant, Instants.ToMicroseconds(new DateTimeOffset(instant))); break;
                case bool flag when column.Kind == ColumnKind.Boolean: Flag(flag); break;
                case long and (0 or 1) when column.Kind == ColumnKind.Boolean: Flag(row.GetInt64(i) == 1); break;
                case Guid id when column.Kind == ColumnKind.Uuid: Id(id); break;
                case string text when column.Kind == ColumnKind.Uuid && Guid.TryParse(text, out var id): Id(id); break;
                case string text when column.Kind == ColumnKind.Text: Text(text); break;
                case byte[] bytes when column.Kind == ColumnKind.Bytes: bytes.CopyTo(Content(ColumnKind.Bytes, bytes.Length)); break;
                default: throw new DataRefusedException(DataRefusals.UnusableValue(table.Name, column.Name));
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), Length - start - LengthBytes);
        Rows++;
    }

    private void Number(ColumnKind kind, long value)
    {
        var to = Take(1 + sizeof(long));
        to[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
    }

    private void Flag(bool value)
    {
        var to = Take(2);
        (to[0], to[1]) = ((byte)ColumnKind.Boolean, value ? (byte)1 : (byte)0);
    }

    private void Id(Guid value)
    {
        var to = Take(17);
        to[0] = (byte)ColumnKind.Uuid;
        value.TryWriteBytes(to[1..], bigEndian: true, out _);
    }

    private void Text(string value) => Encoding.UTF8.GetBytes(value, Content(ColumnKind.Text, Encoding.UTF8.GetByteCount(value)));

    private Span<byte> Content(ColumnKind kind, int length)
    {
        var to = Take(1 + LengthBytes + length);
        to[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
        return to[(1 + LengthBytes)..];
    }

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(checked(Length + count), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }
}
