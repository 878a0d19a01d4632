using System.Buffers.Binary;

namespace Liuzhuan.Platform.Ledger.Tiles;

/// <summary>Up to 256 entries one after another, each behind its length in two bytes, big-endian (C2SP tlog-tiles, entry bundles).</summary>
internal static class EntryBundle
{
    /// <summary>The longest entry that the length can tell.</summary>
    public const int LongestEntry = ushort.MaxValue;

    /// <summary>The longest bundle there can be.</summary>
    public const int LongestBundle = TilePath.Full * (LongestEntry + 2);

    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        var bundle = new byte[entries.Sum(entry => entry.Length + 2)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), checked((ushort)entry.Length));
            entry.CopyTo(bundle, at + 2);
            at += 2 + entry.Length;
        }

        return bundle;
    }

    /// <summary>The entries of a bundle; null when it does not end where its last entry ends.</summary>
    public static List<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(TilePath.Full);
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2 || entries.Count == TilePath.Full) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) return null;
            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return entries;
    }
}
