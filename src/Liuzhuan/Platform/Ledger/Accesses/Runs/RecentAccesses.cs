using System.Buffers.Binary;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>The accesses of single questions as one commit of the ledger leaves them: 14 bytes each, pseudonym and distance from the row's position.</summary>
internal static class RecentAccesses
{
    private const int LowAt = 8, DistanceAt = 10, Bytes = 14;

    public static byte[] Pack(long first, IReadOnlyList<(Pseudonym Person, long Position)> accesses)
    {
        var content = new byte[accesses.Count * Bytes];
        for (var i = 0; i < accesses.Count; i++)
        {
            var record = content.AsSpan(i * Bytes, Bytes);
            BinaryPrimitives.WriteUInt64BigEndian(record, accesses[i].Person.High);
            BinaryPrimitives.WriteUInt16BigEndian(record[LowAt..], accesses[i].Person.Low);
            BinaryPrimitives.WriteUInt32BigEndian(record[DistanceAt..], checked((uint)(accesses[i].Position - first)));
        }

        return content;
    }

    /// <summary>Adds the positions of one person.</summary>
    public static void Find(long first, ReadOnlySpan<byte> content, Pseudonym person, List<long> found)
    {
        for (; !content.IsEmpty; content = content[Bytes..])
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(content) == person.High && BinaryPrimitives.ReadUInt16BigEndian(content[LowAt..]) == person.Low) found.Add(first + BinaryPrimitives.ReadUInt32BigEndian(content[DistanceAt..]));
        }
    }

    public static IEnumerable<(Pseudonym Person, long Position)> Unpack(long first, byte[] content)
    {
        for (var at = 0; at < content.Length; at += Bytes)
        {
            var record = content.AsSpan(at, Bytes);
            yield return (new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(record), BinaryPrimitives.ReadUInt16BigEndian(record[LowAt..])), first + BinaryPrimitives.ReadUInt32BigEndian(record[DistanceAt..]));
        }
    }
}
