namespace Liuzhuan.Matching;

/// <summary>
/// The whole answer to one question in 64 bits: verdict, reasons, notes, differing fields, fields not compared.
/// The same question at the same as-of under the same policy gives the same bits, asked alone or in a batch.
/// </summary>
/// <param name="Bits">Bits 0-2 verdict, 3-16 and 49 reasons, 17-24 notes, 25-36 differing fields, 37-48 fields not compared, 50-61 those of them that were left out; field i is the i-th of <see cref="Schemas.RegisterSchema.Fields"/>.</param>
public readonly record struct AnswerCore(ulong Bits)
{
    /// <summary>The largest number of fields a schema may have.</summary>
    public const int MaxFields = 12;

    private const int ReasonsAt = 3, NotesAt = 17, DifferingAt = 25, NotComparedAt = 37, LastReasonAt = 49, LeftOutAt = 50;
    private const int FirstReasons = 14;
    private const ulong ReasonMask = (1u << FirstReasons) - 1;
    private const uint FieldMask = (1u << MaxFields) - 1;

    public AnswerCore(Verdict verdict, Reasons reasons = 0, Notes notes = 0, uint differing = 0, uint notCompared = 0)
        : this((ulong)verdict | ((ulong)reasons & ReasonMask) << ReasonsAt | (ulong)reasons >> FirstReasons << LastReasonAt | (ulong)notes << NotesAt | (ulong)(differing & FieldMask) << DifferingAt | (ulong)(notCompared & FieldMask) << NotComparedAt)
    {
    }

    public Verdict Verdict => (Verdict)(Bits & 7);

    public Reasons Reasons => (Reasons)(Bits >> ReasonsAt & ReasonMask | (Bits >> LastReasonAt & 1) << FirstReasons);

    public Notes Notes => (Notes)(Bits >> NotesAt & 0xFF);

    /// <summary>Bit i: the i-th schema field differs.</summary>
    public uint Differing => (uint)(Bits >> DifferingAt) & FieldMask;

    /// <summary>Bit i: the i-th schema field was asked and not compared, because it could not be read or was left out.</summary>
    public uint NotCompared => (uint)(Bits >> NotComparedAt) & FieldMask;

    /// <summary>Bit i: the i-th schema field was not compared because whoever asks may not know of it, for their purpose or for this person.</summary>
    public uint LeftOut => (uint)(Bits >> LeftOutAt) & FieldMask;

    /// <summary>Some field was left out.</summary>
    public bool IsNarrowed => LeftOut != 0;

    /// <summary>The same answer, which says that these fields were left out of it.</summary>
    internal AnswerCore Narrowed(uint fields) => new(Bits | (ulong)(fields & FieldMask) << NotComparedAt | (ulong)(fields & FieldMask) << LeftOutAt);
}
