using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>What was made of public keys that were seen before: opening a key costs more than a signature check, and the same agencies come again and again.</summary>
/// <param name="open">Makes something usable of an uncompressed point; null when it is not a point of the curve.</param>
internal sealed class PublicKeyCache<T>(Func<byte[], T?> open)
    where T : class
{
    private const int MostKeys = 10_000;

    private readonly ConcurrentDictionary<Point, T> _opened = new();

    public T? Find(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != CurvePoint.Length || publicKey[0] != CurvePoint.Uncompressed) return null;
        var point = Point.Read(publicKey[1..]);
        if (_opened.TryGetValue(point, out var known)) return known;
        if (open(publicKey.ToArray()) is not { } made) return null;

        // Registered keys are few; should they not be, starting again is better than growing.
        if (_opened.Count >= MostKeys) _opened.Clear();
        return _opened.GetOrAdd(point, made);
    }

    private readonly record struct Point(UInt128 A, UInt128 B, UInt128 C, UInt128 D)
    {
        public static Point Read(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[32..]), BinaryPrimitives.ReadUInt128BigEndian(bytes[48..]));
    }
}

/// <summary>The uncompressed form of a point of a 256-bit curve (SEC 1 section 2.3.3).</summary>
internal static class CurvePoint
{
    public const int Length = 65, Coordinate = 32;
    public const byte Uncompressed = 4;
}
