using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>
/// Turns persons into pseudonyms: AES-256 of one block that holds the kind and the number. Equal persons are equal; without the key nobody can tell whom
/// a pseudonym stands for, nor compute anybody's. Safe to use from many threads.
/// </summary>
internal sealed class PseudonymKey : IDisposable
{
    public const int SecretLength = 32;

    private const int BlockBytes = 16, BlocksAtOnce = 4096;

    private readonly Aes _cipher = Aes.Create();
    private readonly Lock _using = new();

    /// <param name="secret">32 bytes from the key folder. Cipher key and key id are derived from it (HKDF-Expand, RFC 5869 section 2.3).</param>
    public PseudonymKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength) throw new ArgumentException($"A pseudonym key has {SecretLength} bytes.", nameof(secret));
        Span<byte> key = stackalloc byte[SecretLength], id = stackalloc byte[sizeof(long)];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, key, "liuzhuan access pseudonyms 1"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, secret, id, "liuzhuan access pseudonym key id 1"u8);
        _cipher.SetKey(key);
        CryptographicOperations.ZeroMemory(key);
        Id = BinaryPrimitives.ReadInt64BigEndian(id);
    }

    /// <summary>Tells keys apart and says nothing about them; kept with every access, so that a list can be read after the key was changed.</summary>
    public long Id { get; }

    public Pseudonym Of(PersonKey person)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        Fill(block, person.Kind, person.Packed);
        lock (_using) _cipher.EncryptEcb(block, block, PaddingMode.None);
        return Read(block);
    }

    /// <summary>The pseudonyms of many citizen numbers (<see cref="Matching.Values.CitizenNumber.Packed"/>), in their order.</summary>
    public Pseudonym[] Of(ReadOnlyMemory<ulong> citizenNumbers)
    {
        var all = GC.AllocateUninitializedArray<Pseudonym>(citizenNumbers.Length);
        using var cipher = Copy();
        var blocks = new byte[PieceBytes(all.Length)];
        for (var from = 0; from < all.Length; from += BlocksAtOnce)
        {
            var count = Math.Min(BlocksAtOnce, all.Length - from);
            Encipher(cipher, citizenNumbers.Span.Slice(from, count), blocks, all.AsSpan(from, count));
        }

        return all;
    }

    /// <summary>The same, ready to be put in order.</summary>
    /// <param name="threads">How many work on them side by side.</param>
    public PseudonymPartitions Partitions(ReadOnlyMemory<ulong> citizenNumbers, int threads)
    {
        var counts = new int[threads];
        for (var part = 0; part < threads; part++) counts[part] = SideBySide.Start(citizenNumbers.Length, part + 1, threads) - SideBySide.Start(citizenNumbers.Length, part, threads);
        var partitions = new PseudonymPartitions(counts);
        SideBySide.Run(threads, part =>
        {
            var numbers = citizenNumbers.Span.Slice(SideBySide.Start(citizenNumbers.Length, part, threads), counts[part]);
            using var cipher = Copy();
            var (blocks, piece) = (new byte[PieceBytes(numbers.Length)], new Pseudonym[Math.Min(numbers.Length, BlocksAtOnce)]);
            for (; !numbers.IsEmpty; numbers = numbers[Math.Min(numbers.Length, BlocksAtOnce)..])
            {
                var some = piece.AsSpan(0, Math.Min(numbers.Length, BlocksAtOnce));
                Encipher(cipher, numbers[..some.Length], blocks, some);
                partitions.Add(part, some);
            }
        });
        return partitions;
    }

    public void Dispose() => _cipher.Dispose();

    // A piece that stays in the cache: written, enciphered and read before the next.
    private static int PieceBytes(int count) => Math.Min(count, BlocksAtOnce) * BlockBytes;

    private static void Encipher(Aes cipher, ReadOnlySpan<ulong> citizenNumbers, byte[] blocks, Span<Pseudonym> pseudonyms)
    {
        var piece = blocks.AsSpan(0, citizenNumbers.Length * BlockBytes);
        for (var i = 0; i < citizenNumbers.Length; i++) Fill(piece.Slice(i * BlockBytes, BlockBytes), PersonKey.CitizenNumberKind, citizenNumbers[i]);
        cipher.EncryptEcb(piece, piece, PaddingMode.None);
        for (var i = 0; i < pseudonyms.Length; i++) pseudonyms[i] = Read(piece[(i * BlockBytes)..]);
    }

    // One cipher is not for several threads.
    private Aes Copy()
    {
        lock (_using)
        {
            var key = _cipher.Key;
            var copy = Aes.Create();
            copy.SetKey(key);
            CryptographicOperations.ZeroMemory(key);
            return copy;
        }
    }

    private static void Fill(Span<byte> block, byte kind, ulong packed)
    {
        BinaryPrimitives.WriteUInt64BigEndian(block, kind);
        BinaryPrimitives.WriteUInt64BigEndian(block[8..], packed);
    }

    private static Pseudonym Read(ReadOnlySpan<byte> block) => new(BinaryPrimitives.ReadUInt64BigEndian(block), BinaryPrimitives.ReadUInt16BigEndian(block[8..]));
}
