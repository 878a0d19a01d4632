using System.Runtime.ExceptionServices;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>
/// Puts partitions in order and packs them, some at a time: whoever writes the packed ones down is given them one after the other, packs himself while none
/// is ready, and so never waits while there is anything to do. Partitions are given back by their owner, after this.
/// </summary>
internal sealed class RunPacking : IDisposable
{
    // 65,000 to 131,000 people: half a megabyte to a whole one in one transaction.
    private const int PartitionsAtOnce = 16;

    private readonly PseudonymPartitions _partitions;
    private readonly long _people;
    private readonly object _gate = new();
    private readonly RunWriter?[] _packed;
    private readonly Task[] _helpers;
    private readonly Packer _own;
    private int _taken, _given;
    private ExceptionDispatchInfo? _failure;

    /// <param name="people">About how many there are in all partitions.</param>
    /// <param name="threads">How many pack, the caller included.</param>
    public RunPacking(PseudonymPartitions partitions, long people, int threads)
    {
        (_partitions, _people, _own) = (partitions, people, new Packer());
        _packed = new RunWriter?[(partitions.Count + PartitionsAtOnce - 1) / PartitionsAtOnce];
        _helpers = new Task[threads - 1];
        Array.Fill(_helpers, Task.CompletedTask);
        try
        {
            // On threads of their own: those of the pool may all be waiting for the disk.
            for (var i = 0; i < _helpers.Length; i++) _helpers[i] = Task.Factory.StartNew(Help, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch
        {
            // Nobody reads partitions that their owner gives back now.
            Dispose();
            throw;
        }
    }

    /// <summary>Whether no other thread is at work.</summary>
    internal bool IsQuiet => Array.TrueForAll(_helpers, helper => helper.IsCompleted);

    /// <summary>The next people of the run, packed; null when all were given. For one caller.</summary>
    public RunWriter? Next()
    {
        while (true)
        {
            int piece;
            lock (_gate)
            {
                while (true)
                {
                    _failure?.Throw();
                    if (_given == _packed.Length) return null;
                    if (_packed[_given] is { } ready)
                    {
                        _packed[_given++] = null;
                        return ready;
                    }

                    if (Take() is { } taken)
                    {
                        piece = taken;
                        break;
                    }

                    Monitor.Wait(_gate);
                }
            }

            Put(piece, _own.Pack(_partitions, piece, _people));
        }
    }

    /// <summary>Ends the others: nobody reads partitions any more.</summary>
    public void Dispose()
    {
        lock (_gate) _taken = _packed.Length;
        Task.WhenAll(_helpers).GetAwaiter().GetResult();
    }

    private void Help()
    {
        try
        {
            var packer = new Packer();
            while (TakeOne() is { } piece) Put(piece, packer.Pack(_partitions, piece, _people));
        }
        catch (Exception fault)
        {
            // Thrown where the result is asked for.
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(fault);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private int? TakeOne()
    {
        lock (_gate) return Take();
    }

    private int? Take() => _taken < _packed.Length ? _taken++ : null;

    private void Put(int piece, RunWriter packed)
    {
        lock (_gate)
        {
            _packed[piece] = packed;
            Monitor.PulseAll(_gate);
        }
    }

    // What one thread keeps from piece to piece.
    private sealed class Packer
    {
        private readonly PseudonymOrder _order = new();
        private Pseudonym[] _gathered = [];

        public RunWriter Pack(PseudonymPartitions partitions, int piece, long people)
        {
            var writer = new RunWriter(0, 0, people);
            for (var i = piece * PartitionsAtOnce; i < Math.Min((piece + 1) * PartitionsAtOnce, partitions.Count); i++) writer.AddOnce(partitions.Sorted(i, _order, ref _gathered));
            writer.Finish();
            return writer;
        }
    }
}
