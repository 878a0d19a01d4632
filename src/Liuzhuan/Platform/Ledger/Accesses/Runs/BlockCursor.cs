using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Goes through the persons of one block after another.</summary>
/// <param name="firstPosition">Of the run.</param>
/// <param name="positionBits">Of the run.</param>
internal sealed class BlockCursor(long firstPosition, int positionBits)
{
    private BitReader _bits;
    private int _k, _left, _unread;
    private ulong _first;
    private bool _isFirst;

    public Pseudonym Person { get; private set; }

    /// <summary>Adds the positions of one person's accesses in a block.</summary>
    public static void Find(long firstPosition, long lastPosition, byte[] content, Pseudonym person, List<long> found)
    {
        var block = new BlockCursor(firstPosition, RunBlock.PositionBits(firstPosition, lastPosition));
        block.Open(content);
        while (block.Next() && block.Person.CompareTo(person) <= 0)
        {
            if (block.Person == person) block.TakePositions(found);
        }
    }

    public void Open(byte[] content)
    {
        _bits = new BitReader([.. content, .. new byte[BitReader.Padding]]);
        _k = (int)_bits.Read(8);
        _left = (int)_bits.Read(16);
        (_first, _isFirst, _unread) = (_bits.Read(64), true, 0);
    }

    /// <summary>The next person of the block; false behind the last.</summary>
    public bool Next()
    {
        if (_left == 0) return false;
        _left--;
        _bits.Skip(_unread * positionBits);
        var high = _isFirst ? _first : Person.High + ReadDistance();
        _isFirst = false;
        Person = new Pseudonym(high, (ushort)_bits.Read(RunWriter.LowBits));
        var log = _bits.ReadZeros(31);
        _unread = (int)(1u << log | (uint)_bits.Read(log));
        return true;
    }

    /// <summary>Adds the person's positions in this block.</summary>
    public void TakePositions(List<long> to)
    {
        for (; _unread > 0; _unread--) to.Add(firstPosition + (long)_bits.Read(positionBits));
    }

    private ulong ReadDistance()
    {
        var zeros = _bits.ReadZeros(RunWriter.MostZeros);
        return zeros == RunWriter.MostZeros ? _bits.Read(64) : (ulong)zeros << _k | _bits.Read(_k);
    }
}
