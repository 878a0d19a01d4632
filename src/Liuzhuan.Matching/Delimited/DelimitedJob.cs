namespace Liuzhuan.Matching.Delimited;

/// <summary>What to do with one text file.</summary>
public sealed class DelimitedJob
{
    /// <summary>The whole file from its first byte, byte order mark included. A FileStream or SafeFileHandle-backed stream is read with positional reads; any other stream sequentially.</summary>
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required DelimitedFormat Format { get; init; }

    /// <summary>Index (from 0) of the header among the records of the file.</summary>
    public required int HeaderRecord { get; init; }

    /// <summary>Number of header columns; data rows are padded to it.</summary>
    public required int HeaderWidth { get; init; }

    /// <summary>Header columns (from 0) that hold results of an earlier run and are replaced.</summary>
    public IReadOnlyList<int> OldResultColumns { get; init; } = [];

    public required QuestionPlan Plan { get; init; }

    public required Register Register { get; init; }

    public required DisclosurePolicy Policy { get; init; }

    public required IAnswerPhrases Phrases { get; init; }

    public ResultLayout Layout { get; init; } = ResultLayout.Full;

    /// <summary>0: one per processor.</summary>
    public int Threads { get; init; }

    public DelimitedBounds Bounds { get; init; } = new();

    /// <summary>Called now and then, from any thread.</summary>
    public Action<BatchProgress>? Progress { get; init; }

    /// <summary>Called in row order for each data row that is not consistent.</summary>
    public Action<ProblemRow>? Problem { get; init; }

    /// <summary>Who wants to know whom the rows were about; null for nobody.</summary>
    public TouchedNumbers? Touched { get; init; }

    /// <summary>After so many problem rows nobody listens any more.</summary>
    public int ProblemLimit { get; init; } = int.MaxValue;
}

/// <summary>What is written for each data row.</summary>
public enum ResultLayout : byte
{
    /// <summary>The original line and the five result columns.</summary>
    Full,

    /// <summary>The first cell of the line, the verdict code, differing fields and note codes; title, blank and total lines are left out.</summary>
    CodesOnly,
}

/// <summary>Bounds on what a file may ask of us.</summary>
public sealed record DelimitedBounds(long MaxRows = 50_000_000, int MaxColumns = 4096, int MaxRecordBytes = 1 << 20);

/// <param name="Bytes">Input bytes done.</param>
/// <param name="TotalBytes">Input bytes in all, or 0 when unknown.</param>
/// <param name="Rows">Data rows done.</param>
public readonly record struct BatchProgress(long Bytes, long TotalBytes, long Rows);

/// <param name="Row">Number among the data rows, from 1.</param>
/// <param name="Line">Physical line on which it starts, from 1.</param>
/// <param name="Cells">Its cells, decoded.</param>
public sealed record ProblemRow(long Row, long Line, IReadOnlyList<string> Cells, AnswerCore Answer, DuplicateOf? DuplicateOf);
