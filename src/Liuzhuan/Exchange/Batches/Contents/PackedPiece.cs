using System.IO.Compression;

namespace Liuzhuan.Exchange.Batches.Contents;

/// <summary>
/// A piece as it lies in the database. Lists of people pack to a quarter or less, and what is not written the ledger's commits need not wait for: they share the disk.
/// </summary>
/// <param name="Unpacked">How many bytes it gives; null where it stands as it is, because packing it brought nothing.</param>
internal readonly record struct PackedPiece(ReadOnlyMemory<byte> Bytes, int? Unpacked)
{
    /// <summary>Packs pieces one after another into the same memory.</summary>
    public sealed class Packer
    {
        private readonly byte[] _room = new byte[BatchPieces.Written];

        /// <summary>Good until the next piece is packed.</summary>
        /// <param name="piece">At most <see cref="BatchPieces.Written"/> bytes.</param>
        public PackedPiece Pack(ReadOnlyMemory<byte> piece)
        {
            using var packed = new MemoryStream(_room, 0, piece.Length);
            try
            {
                using var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true);
                packing.Write(piece.Span);
            }
            catch (NotSupportedException)
            {
                // It would take more room packed than as it is.
                return new PackedPiece(piece, null);
            }

            return packed.Position < piece.Length ? new PackedPiece(_room.AsMemory(0, (int)packed.Position), piece.Length) : new PackedPiece(piece, null);
        }
    }

    /// <summary>Unpacks pieces one after another into the same memory.</summary>
    public sealed class Unpacker
    {
        private byte[] _room = [];

        /// <summary>What the piece was before it was packed. Good until the next piece is unpacked.</summary>
        /// <exception cref="InvalidDataException">It does not give the bytes it says.</exception>
        public ReadOnlyMemory<byte> Unpack(byte[] bytes, long? unpacked)
        {
            if (unpacked is not { } length) return bytes;
            if (length is < 0 or > BatchPieces.Size) throw new InvalidDataException("A piece says that it gives more than a piece may hold.");
            if (_room.Length < length) _room = new byte[length];
            using var unpacking = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            if (unpacking.ReadAtLeast(_room.AsSpan(0, (int)length), (int)length, throwOnEndOfStream: false) < length || unpacking.ReadByte() >= 0)
                throw new InvalidDataException("A piece does not give the bytes it says.");
            return _room.AsMemory(0, (int)length);
        }
    }
}
