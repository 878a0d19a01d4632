using System.Buffers.Binary;
using System.Text;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Reads the rows that <see cref="RowBlock"/> writes. Bytes that are no such rows are told, never guessed at.</summary>
internal ref struct RowReader(ReadOnlySpan<byte> rows)
{
    private ReadOnlySpan<byte> _left = rows;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Left => _left.Length;

    /// <summary>Takes the next row's values into <paramref name="values"/>; false at the end.</summary>
    /// <exception cref="InvalidDataException">The bytes are not rows of this table.</exception>
    public bool Next(IReadOnlyList<ColumnShape> columns, object?[] values)
    {
        if (_left.IsEmpty) return false;
        var row = Take(ref _left, Length(ref _left));
        for (var i = 0; i < columns.Count; i++) values[i] = Value(ref row, columns[i].Kind);
        return row.IsEmpty ? true : throw Damaged();
    }

    private static object? Value(ref ReadOnlySpan<byte> from, ColumnKind kind)
    {
        var tag = Take(ref from, 1)[0];
        if (tag == 0) return null;
        if (tag != (byte)kind) throw Damaged();
        return kind switch
        {
            ColumnKind.Integer => BinaryPrimitives.ReadInt64BigEndian(Take(ref from, sizeof(long))),
            ColumnKind.Instant => Instants.FromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(Take(ref from, sizeof(long)))),
            ColumnKind.Boolean => Take(ref from, 1)[0] == 1,
            ColumnKind.Uuid => new Guid(Take(ref from, 16), bigEndian: true),
            ColumnKind.Text => Encoding.UTF8.GetString(Take(ref from, Length(ref from))),
            _ => Take(ref from, Length(ref from)).ToArray(),
        };
    }

    private static int Length(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt32BigEndian(Take(ref from, sizeof(int)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        if (count < 0 || count > from.Length) throw Damaged();
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("The bytes are not rows of this table.");
}
