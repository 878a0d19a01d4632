using System.Numerics;

namespace Liuzhuan.Matching.Delimited;

/// <summary>Counts of one sheet or text file.</summary>
public sealed class BatchSummary
{
    /// <summary>Data rows, each with one verdict.</summary>
    public long Rows { get; set; }

    /// <summary>Rows per <see cref="Verdict"/>.</summary>
    public long[] Verdicts { get; } = new long[5];

    /// <summary>Rows per reason bit.</summary>
    public long[] Reasons { get; } = new long[15];

    /// <summary>Rows per note bit.</summary>
    public long[] Notes { get; } = new long[8];

    /// <summary>Rows per differing schema field.</summary>
    public long[] Differing { get; } = new long[AnswerCore.MaxFields];

    /// <summary>Rows per not compared schema field.</summary>
    public long[] NotCompared { get; } = new long[AnswerCore.MaxFields];

    /// <summary>Rows that repeat the key of an earlier row.</summary>
    public long Duplicates { get; set; }

    /// <summary>Lines before and including the header.</summary>
    public long HeaderLines { get; set; }

    /// <summary>Total lines (合计 ...).</summary>
    public long TotalLines { get; set; }

    /// <summary>Other lines without name and number.</summary>
    public long BlankLines { get; set; }

    /// <summary>Adds one data row's answer.</summary>
    public void Add(AnswerCore answer, bool duplicate)
    {
        Add(answer, 1);
        if (duplicate) Duplicates++;
    }

    /// <summary>Adds another part's counts.</summary>
    public void Add(BatchSummary other)
    {
        Rows += other.Rows;
        Duplicates += other.Duplicates;
        HeaderLines += other.HeaderLines;
        TotalLines += other.TotalLines;
        BlankLines += other.BlankLines;
        Add(Verdicts, other.Verdicts);
        Add(Reasons, other.Reasons);
        Add(Notes, other.Notes);
        Add(Differing, other.Differing);
        Add(NotCompared, other.NotCompared);
    }

    /// <summary>Adds <paramref name="rows"/> data rows with the same answer.</summary>
    internal void Add(AnswerCore answer, long rows)
    {
        Rows += rows;
        Verdicts[(int)answer.Verdict] += rows;
        AddBits(Reasons, (uint)answer.Reasons, rows);
        AddBits(Notes, (uint)answer.Notes, rows);
        AddBits(Differing, answer.Differing, rows);
        AddBits(NotCompared, answer.NotCompared, rows);
    }

    private static void AddBits(long[] counts, uint bits, long rows)
    {
        for (; bits != 0; bits &= bits - 1) counts[BitOperations.TrailingZeroCount(bits)] += rows;
    }

    private static void Add(long[] counts, long[] others)
    {
        for (var i = 0; i < counts.Length; i++) counts[i] += others[i];
    }
}
