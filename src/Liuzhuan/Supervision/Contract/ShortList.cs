using System.Buffers.Binary;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Supervision.Contract;

/// <summary>The people of a list that is short enough to be kept one by one.</summary>
internal static class ShortList
{
    /// <summary>Longer lists are counted, not kept: who hides somebody among so many has to ask for as many others each time.</summary>
    public const int Most = 200;

    private const int Width = sizeof(ulong) + sizeof(ushort);

    /// <summary>Each number once; none where they are more than <see cref="Most"/>.</summary>
    public static ulong[] Of(ReadOnlySpan<ulong> people)
    {
        var each = new HashSet<ulong>();
        foreach (var person in people)
        {
            if (each.Add(person) && each.Count > Most) return [];
        }

        return [.. each];
    }

    public static byte[] Pack(ReadOnlySpan<Pseudonym> people)
    {
        var packed = new byte[people.Length * Width];
        for (var i = 0; i < people.Length; i++)
        {
            var at = packed.AsSpan(i * Width, Width);
            BinaryPrimitives.WriteUInt64BigEndian(at, people[i].High);
            BinaryPrimitives.WriteUInt16BigEndian(at[sizeof(ulong)..], people[i].Low);
        }

        return packed;
    }

    public static IEnumerable<Pseudonym> Unpack(byte[] packed)
    {
        for (var at = 0; at < packed.Length; at += Width)
            yield return new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(packed.AsSpan(at)), BinaryPrimitives.ReadUInt16BigEndian(packed.AsSpan(at + sizeof(ulong))));
    }
}
