using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Some whole records of the file on their way from reading to writing, with everything found out about them. Used again for later records.</summary>
internal sealed class Block
{
    /// <summary>Bytes behind the text that may be read, and overwritten with terminators.</summary>
    public const int Slack = 128;

    /// <summary>Working bytes: <see cref="Length"/> bytes of whole records, then room for a line end that is not there and for cells whose doubled quotes were taken out.</summary>
    public byte[] Text = [];
    public int Length;
    public int ScratchTop;

    /// <summary>The text ends without a line end; the byte behind it stands for one.</summary>
    public bool EndIsMissing;
    public bool HasQuotes;
    public bool HasInnerLineEnds;

    /// <summary>Delimiters and line ends outside quotes, as <see cref="Scanning.Marks"/>.</summary>
    public int[] Marks = [];
    public int MarkCount;

    /// <summary>How many records belong to the part before and including the header, and whether the last of these is the header.</summary>
    public int PreludeCount;
    public bool HasHeader;

    public RecordSpan[] Records = [];
    public int RecordCount;

    /// <summary>Line of each record relative to the first line of the block; only used when <see cref="HasInnerLineEnds"/>.</summary>
    public int[] Lines = [];
    public long LineCount;

    /// <summary>One for each data row.</summary>
    public AnswerCore[] Answers = [];
    public ulong[] Keys = [];
    public int DataCount;
    public int TotalCount;
    public int BlankCount;

    public readonly List<DuplicateIndex.Repeat> Repeats = [];
    public readonly List<long> RepeatLines = [];

    public byte[] Output = [];
    public int OutputLength;

    /// <summary>A record that refuses the file: its index, and how to say so given its line.</summary>
    public int RefusedRecord;
    public Func<long, DelimitedException>? Refusal;

    /// <summary>File bytes read up to this block, and data rows up to its end.</summary>
    public long BytesRead;
    public long RowsDone;

    public BlockStage Stage;

    /// <summary>Nothing was put in since <see cref="Wipe"/>.</summary>
    public bool IsWiped { get; private set; }

    public void Clear()
    {
        IsWiped = false;
        Length = ScratchTop = MarkCount = PreludeCount = RecordCount = DataCount = TotalCount = BlankCount = OutputLength = 0;
        EndIsMissing = HasQuotes = HasInnerLineEnds = HasHeader = false;
        LineCount = 0;
        Refusal = null;
        Repeats.Clear();
        RepeatLines.Clear();
    }

    /// <summary>Leaves nothing of any batch behind.</summary>
    public void Wipe()
    {
        if (IsWiped) return;
        Clear();
        Array.Clear(Text);
        Array.Clear(Output);
        Array.Clear(Keys);
        Array.Clear(Answers);
        BytesRead = RowsDone = 0;
        Stage = BlockStage.Free;
        IsWiped = true;
    }

    /// <summary>Finds delimiters, line ends and quotes in the whole text.</summary>
    public void Scan(IStructuralScanner scanner, Needles needles)
    {
        const int Piece = 16 * 1024;
        MarkCount = 0;
        // GB18030 text must be scanned from a character on, so in one piece.
        var step = scanner is Gb18030Scanner ? Math.Max(Length, 1) : Piece;
        for (var at = 0; at < Length; at += step)
        {
            var piece = Text.AsSpan(at, Math.Min(step, Length - at));
            var need = MarkCount + piece.Length + IStructuralScanner.Slack + 1;
            if (Marks.Length < need) Array.Resize(ref Marks, Math.Max(need, Marks.Length * 2));
            MarkCount += scanner.Scan(piece, at, needles, Marks.AsSpan(MarkCount));
        }

        if (Marks.Length == 0) Marks = new int[IStructuralScanner.Slack];
    }

    /// <summary>Lets the byte behind the text stand for the line end that the file does not have.</summary>
    public void AddMissingEnd(byte lineEnd)
    {
        EndIsMissing = true;
        Text[Length] = lineEnd;
        Marks[MarkCount++] = Length | Scanning.Marks.LineEnd;
    }

    /// <summary>Line of a record relative to the first line of the block.</summary>
    public int LineOf(int record) => HasInnerLineEnds ? Lines[record] : record;
}

/// <summary>Where one record lies in its block. Written field by field: putting it together first and copying it stalls the processor.</summary>
internal struct RecordSpan
{
    /// <summary>Its first byte, and behind its last one without the line end.</summary>
    public int Start, End;

    /// <summary>Behind its first cell.</summary>
    public int FirstEnd;

    /// <summary>Number of its cells.</summary>
    public ushort Cells;
    public RecordKind Kind;

    /// <summary>Bytes of its line end: 0 to 2.</summary>
    public byte EndLength;
}

/// <summary>What becomes of a record.</summary>
internal enum RecordKind : byte
{
    Title,
    Header,
    Data,
    Total,
    Blank,
}

/// <summary>How far a block has come. In the stages named with -ing one thread is at work on it.</summary>
internal enum BlockStage : byte
{
    Free,
    Reading,
    Deciding,
    Decided,
    Numbering,
    Numbered,
    Rendering,
    Rendered,
    Writing,
}
