using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>Goes through a whole run in order, some blocks in memory at a time.</summary>
internal sealed class RunCursor(DbConnection connection, Run run)
{
    private const int BlocksAtOnce = 128;

    // Two conditions that say the same as one over the pair, because only so both databases begin at the right place of the key.
    private const string Read = """
        select high, number, content from access_blocks where run_id = @run and high >= @high and (high > @high or number > @number)
        order by high, number limit @limit
        """;

    private readonly BlockCursor _block = new(run.FirstPosition, RunBlock.PositionBits(run.FirstPosition, run.LastPosition));
    private readonly Queue<byte[]> _blocks = new();
    private long _high = long.MinValue;
    private int _number = -1;
    private bool _isAllRead;

    public Pseudonym Person => _block.Person;

    /// <summary>The next person; false when blocks must be loaded first, or at the end.</summary>
    public bool Next()
    {
        while (!_block.Next())
        {
            if (!_blocks.TryDequeue(out var next)) return false;
            _block.Open(next);
        }

        return true;
    }

    /// <summary>Loads blocks; false at the end.</summary>
    public async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (_isAllRead) return false;
        await using var read = connection.Command(null, Read, ("run", run.Id), ("high", _high), ("number", _number), ("limit", BlocksAtOnce));
        await using var rows = await read.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            (_high, _number) = (rows.GetInt64(0), rows.GetInt32(1));
            _blocks.Enqueue((byte[])rows[2]);
        }

        _isAllRead = _blocks.Count < BlocksAtOnce;
        return _blocks.Count > 0;
    }

    /// <summary>Adds the positions of the present person.</summary>
    public void TakePositions(List<long> to) => _block.TakePositions(to);
}
