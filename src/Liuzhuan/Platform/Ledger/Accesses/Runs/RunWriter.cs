using System.Numerics;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>
/// Packs pseudonyms in order, each with the positions of its accesses, into blocks. A block begins with one byte of Rice parameter k, two of count
/// and eight of the first high part; then for each person, in bits: the distance of the high part from that of the person before (not for the first), Rice-coded: the part above k as that
/// many zeros and a one, then k bits; the low part in 16 bits; the number of positions (Elias gamma); each position's distance from the first one of the run.
/// Pseudonyms are spread evenly, so a Rice code is within 3 % of the least possible.
/// </summary>
internal sealed class RunWriter
{
    internal const int HeaderBits = 88, LowBits = 16, MostZeros = 32;

    private const int MostBits = RunBlock.MostBytes * 8;

    private BitWriter _bits = new(RunBlock.MostBytes);
    private readonly long _firstPosition;
    private readonly int _positionBits;
    private int _k, _inBlock;
    private ulong _firstHigh;
    private Pseudonym _last;

    /// <param name="firstPosition">The least position that will come.</param>
    /// <param name="lastPosition">The greatest.</param>
    /// <param name="people">About how many persons will come.</param>
    public RunWriter(long firstPosition, long lastPosition, long people)
    {
        _firstPosition = firstPosition;
        _positionBits = RunBlock.PositionBits(firstPosition, lastPosition);
        _k = BestK(ulong.MaxValue / (ulong)Math.Max(1, people));
    }

    /// <summary>Blocks made so far; the caller may take them away.</summary>
    public List<RunBlock> Blocks { get; } = [];

    public long People { get; private set; }

    public long Accesses { get; private set; }

    /// <param name="person">Greater than the one before.</param>
    /// <param name="positions">Ascending, each once.</param>
    public void Add(Pseudonym person, ReadOnlySpan<long> positions)
    {
        People++;
        Accesses += positions.Length;
        while (!positions.IsEmpty)
        {
            var distance = person.High - _last.High;
            var room = MostBits - LowBits - CountBits(positions.Length) - (_inBlock == 0 ? HeaderBits : _bits.BitCount + DistanceBits(distance));
            var fitting = positions.Length;
            if (room < (long)fitting * _positionBits)
            {
                // Only who has more accesses than a whole block can hold goes on in the next.
                if (_inBlock > 0)
                {
                    Finish();
                    continue;
                }

                fitting = room / _positionBits;
            }

            Write(person, distance, positions[..fitting]);
            positions = positions[fitting..];
        }
    }

    /// <summary>As <see cref="Add"/> for each of them with the one position that is the first of the run.</summary>
    /// <param name="people">In order, the first of them greater than the one before.</param>
    public void AddOnce(ReadOnlySpan<Pseudonym> people)
    {
        while (!people.IsEmpty)
        {
            // The first of a block is written in a way of its own, and so is whoever no longer fits; all others, with no bits for their position, in one go.
            if (_inBlock > 0 && _positionBits == 0) people = people[Follow(people)..];
            if (people.IsEmpty) return;
            Add(people[0], [_firstPosition]);
            people = people[1..];
        }
    }

    /// <summary>Closes the block under way.</summary>
    public void Finish()
    {
        if (_inBlock == 0) return;
        var content = _bits.Take();
        (content[1], content[2]) = ((byte)_inBlock, (byte)(_inBlock >> 8));
        Blocks.Add(new RunBlock(_firstHigh, content));
        if (_inBlock > 1) _k = BestK((_last.High - _firstHigh) / (ulong)(_inBlock - 1));
        _inBlock = 0;
    }

    private void Write(Pseudonym person, ulong distance, ReadOnlySpan<long> positions)
    {
        if (_inBlock++ == 0)
        {
            _firstHigh = person.High;
            _bits.Write((ulong)_k, 24);
            _bits.Write(person.High, 64);
        }
        else
        {
            WriteDistance(distance);
        }

        _last = person;
        if (positions.Length == 1)
        {
            // The one access that most have, in one go with what stands before it.
            _bits.Write(1UL << LowBits | person.Low, LowBits + 1);
            _bits.Write((ulong)(positions[0] - _firstPosition), _positionBits);
            return;
        }

        _bits.Write(person.Low, LowBits);
        var log = BitOperations.Log2((uint)positions.Length);
        _bits.Write(1UL << log, log + 1);
        _bits.Write((ulong)positions.Length & (1UL << log) - 1, log);
        foreach (var position in positions) _bits.Write((ulong)(position - _firstPosition), _positionBits);
    }

    // Returns how many of them went into the block under way.
    private int Follow(ReadOnlySpan<Pseudonym> people)
    {
        var (bits, k, last, count) = (_bits, _k, _last.High, 0);
        foreach (ref readonly var person in people)
        {
            var distance = person.High - last;
            var zeros = distance >> k;
            var length = (int)zeros + 1 + k;
            if (zeros >= MostZeros || bits.BitCount + length + LowBits + 1 > MostBits) break;
            if (length + LowBits + 1 <= 64)
            {
                bits.Write((1UL | (distance & (1UL << k) - 1) << 1 | (1UL << LowBits | person.Low) << k + 1) << (int)zeros, length + LowBits + 1);
            }
            else
            {
                bits.Write(1UL << (int)zeros, (int)zeros + 1);
                bits.Write(distance & (1UL << k) - 1, k);
                bits.Write(1UL << LowBits | person.Low, LowBits + 1);
            }

            last = person.High;
            count++;
        }

        if (count == 0) return 0;
        (_bits, _last) = (bits, people[count - 1]);
        _inBlock += count;
        People += count;
        Accesses += count;
        return count;
    }

    private void WriteDistance(ulong distance)
    {
        var zeros = distance >> _k;
        if (zeros >= MostZeros)
        {
            _bits.Write(0, MostZeros);
            _bits.Write(distance, 64);
        }
        else
        {
            _bits.Write(1UL << (int)zeros, (int)zeros + 1);
            _bits.Write(distance & (1UL << _k) - 1, _k);
        }
    }

    // The logarithm of 0.69 times the mean distance.
    private static int BestK(ulong mean) => BitOperations.Log2((ulong)(mean * 0.69) | 1);

    private int DistanceBits(ulong distance) => distance >> _k is >= MostZeros ? MostZeros + 64 : (int)(distance >> _k) + 1 + _k;

    private static int CountBits(int count) => 2 * BitOperations.Log2((uint)count) + 1;
}
