using System.Runtime.ExceptionServices;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>
/// Moves blocks through reading, deciding, numbering, rendering and writing. Any thread does whatever is ready, the oldest first;
/// reading, numbering and writing are done by one thread at a time and in file order, the rest side by side. No thread waits for
/// another as long as there is a block it can work on, and none spins. The number of blocks is fixed, so memory is too.
/// </summary>
internal sealed class BlockPipeline : IDisposable
{
    private const int BlocksPerThread = 3;
    private readonly object _gate = new();
    private readonly BatchContext _context;
    private readonly Func<CellCoding, IRowDecider> _deciders;
    private readonly WorkingReader _input;
    private readonly BlockReader _reader;
    private readonly BlockNumbering _numbering;
    private readonly BlockWriter _writer;
    private readonly int _threads;
    private readonly Block?[] _blocks;
    private readonly List<Thread> _helpers = [];
    private readonly BatchSummary _summary = new();
    private long _nextRead, _nextNumbered, _nextWritten;
    private bool _isReading, _isNumbering, _isWriting;
    private volatile bool _isAllRead;
    private int _idle;
    private ExceptionDispatchInfo? _failure;

    private BlockPipeline(BatchContext context, Func<CellCoding, IRowDecider> deciders)
    {
        (_context, _deciders) = (context, deciders);
        _input = new WorkingReader(context.Job.Input, context.Form);
        _reader = new BlockReader(context, _input);
        _numbering = new BlockNumbering(context, _input.TotalBytes);
        _writer = new BlockWriter(context, _input);
        _threads = context.Job.Threads > 0 ? context.Job.Threads : Environment.ProcessorCount;
        _blocks = new Block[_threads == 1 ? 1 : _threads * BlocksPerThread];
    }

    public static BatchSummary Run(BatchContext context, Func<CellCoding, IRowDecider> deciders)
    {
        using var pipeline = new BlockPipeline(context, deciders);
        return pipeline.Run();
    }

    public void Dispose()
    {
        _numbering.Dispose();
        _writer.Wipe();
        foreach (var block in _blocks)
        {
            if (block is not null) BlockPool.Return(block);
        }
    }

    private BatchSummary Run()
    {
        _writer.Begin();
        Work();
        foreach (var helper in _helpers) helper.Join();
        _failure?.Throw();
        _writer.End();
        if (_context.Job.Plan.Schema.KeyIsCitizenNumber) _context.Job.Touched?.Add(_numbering.Keys);
        _summary.Add(_numbering.Lines);
        return _summary;
    }

    private void Work()
    {
        try
        {
            var decider = new BlockDecider(_context, _deciders(_context.Form.Coding()));
            var renderer = new BlockRenderer(_context);
            while (Pick() is { } block)
            {
                _context.Stop.ThrowIfCancellationRequested();
                Advance(block, decider, renderer);
            }

            renderer.Suffixes.Settle();
            lock (_gate) _summary.Add(renderer.Suffixes.Summary);
        }
        catch (Exception e)
        {
            // Whatever happens in a thread ends the whole run and is thrown where it was started.
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Advance(Block block, BlockDecider decider, BlockRenderer renderer)
    {
        switch (block.Stage)
        {
            case BlockStage.Reading:
                var isBlock = _reader.Read(block);
                if (isBlock && !_reader.IsDone) StartHelpers();
                EndReading(block, isBlock);
                if (!isBlock) return;
                decider.Run(block);
                End(block, BlockStage.Decided);
                break;
            case BlockStage.Numbering:
                _numbering.Run(block);
                End(block, BlockStage.Numbered);
                break;
            case BlockStage.Rendering:
                renderer.Run(block);
                End(block, BlockStage.Rendered);
                break;
            case BlockStage.Writing:
                _writer.Write(block);
                // Wiped by whoever is free, once no more will be read into it.
                if (_isAllRead) block.Wipe();
                End(block, BlockStage.Free);
                break;
            default:
                throw new InvalidOperationException($"A block was picked in stage {block.Stage}.");
        }
    }

    // A file of one block is done where it was asked for; only a longer one is worth other threads.
    private void StartHelpers()
    {
        if (_helpers.Count > 0) return;
        for (var i = 1; i < _threads; i++)
        {
            var helper = new Thread(Work) { IsBackground = true, Name = "liuzhuan batch" };
            _helpers.Add(helper);
            helper.Start();
        }
    }

    /// <summary>The next block to work on, in the stage to do; null when all is done or something failed.</summary>
    private Block? Pick()
    {
        lock (_gate)
        {
            while (_failure is null)
            {
                if (Ready() is { } block) return block;
                if (_isAllRead && _nextWritten == _nextRead) return null;
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            return null;
        }
    }

    private Block? Ready()
    {
        if (!_isNumbering && InStage(_nextNumbered, BlockStage.Decided) is { } numbering)
        {
            _isNumbering = true;
            return Begin(numbering, BlockStage.Numbering);
        }

        if (!_isWriting && InStage(_nextWritten, BlockStage.Rendered) is { } writing)
        {
            _isWriting = true;
            return Begin(writing, BlockStage.Writing);
        }

        for (var i = _nextWritten; i < _nextNumbered; i++)
        {
            if (InStage(i, BlockStage.Numbered) is { } rendering) return Begin(rendering, BlockStage.Rendering);
        }

        if (_isReading || _isAllRead || _nextRead - _nextWritten == _blocks.Length) return null;
        _isReading = true;
        return Begin(_blocks[_nextRead % _blocks.Length] ??= BlockPool.Rent(), BlockStage.Reading);
    }

    private Block? InStage(long number, BlockStage stage) =>
        number < _nextRead && _blocks[number % _blocks.Length] is { } block && block.Stage == stage ? block : null;

    private static Block Begin(Block block, BlockStage stage)
    {
        block.Stage = stage;
        return block;
    }

    private void EndReading(Block block, bool isBlock)
    {
        lock (_gate)
        {
            _isReading = false;
            _isAllRead = !isBlock || _reader.IsDone;
            block.Stage = isBlock ? BlockStage.Deciding : BlockStage.Free;
            if (isBlock) _nextRead++;
            Wake();
        }
    }

    private void End(Block block, BlockStage reached)
    {
        lock (_gate)
        {
            switch (reached)
            {
                case BlockStage.Numbered:
                    _isNumbering = false;
                    _nextNumbered++;
                    break;
                case BlockStage.Free:
                    _isWriting = false;
                    _nextWritten++;
                    break;
            }

            block.Stage = reached;
            Wake();
        }
    }

    private void Wake()
    {
        if (_idle > 0) Monitor.PulseAll(_gate);
    }
}
