using System.Buffers.Binary;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Writes values of any number of bits one behind the other, lowest bit first. A loop that writes much works on a copy of its own and puts it back, so that it stays in registers.</summary>
internal struct BitWriter(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity + 2 * sizeof(ulong)];
    private ulong _held;
    private int _heldBits, _at;

    public readonly int BitCount => _at * 8 + _heldBits;

    /// <param name="value">Below 2^<paramref name="bits"/>.</param>
    /// <param name="bits">0 to 64.</param>
    public void Write(ulong value, int bits)
    {
        _held |= value << _heldBits;
        var filled = _heldBits + bits;
        if (filled >= 64)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_at), _held);
            _at += sizeof(ulong);
            _held = _heldBits == 0 ? 0 : value >> 64 - _heldBits;
            filled -= 64;
        }

        _heldBits = filled;
    }

    /// <summary>What was written, as whole bytes; the writer starts anew.</summary>
    public byte[] Take()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_at), _held);
        var taken = _bytes[..((BitCount + 7) / 8)];
        (_held, _heldBits, _at) = (0, 0, 0);
        return taken;
    }
}
