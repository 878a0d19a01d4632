namespace Liuzhuan.Matching;

/// <summary>What the register says about one question. "Cannot decide" is never a softer "no".</summary>
public enum Verdict : byte
{
    /// <summary>Every compared fact agrees with the register.</summary>
    Consistent = 0,

    /// <summary>The record exists and at least one compared fact differs.</summary>
    Inconsistent = 1,

    /// <summary>No record under this key, or none that may be told of.</summary>
    NotInRegister = 2,

    /// <summary>The register cannot give a reliable answer now; the reason says why.</summary>
    CannotDecide = 3,

    /// <summary>The question itself is faulty and was not put to the register.</summary>
    Invalid = 4,
}

/// <summary>Why a verdict is "cannot decide" (first four and last) or "invalid" (the rest), in the order in which they are listed in a result.</summary>
[Flags]
public enum Reasons : ushort
{
    None = 0,
    DuplicateNumber = 1 << 0,
    ChangeInProgress = 1 << 1,
    IncompleteRecord = 1 << 2,
    SourceUnavailable = 1 << 3,
    NumberMissing = 1 << 4,
    NumberLength = 1 << 5,
    NumberCharacters = 1 << 6,
    NumberDate = 1 << 7,
    NumberDivision = 1 << 8,
    NumberCheckDigit = 1 << 9,
    NumberDamagedBySpreadsheet = 1 << 10,
    NameMissing = 1 << 11,
    NameCharacters = 1 << 12,
    RowTooLong = 1 << 13,

    /// <summary>Whoever asks may not be told of a person who lives elsewhere, nor whether there is one.</summary>
    BeyondJurisdiction = 1 << 14,
}

/// <summary>What a reader should know beside the verdict, in the order in which it is listed in a result.</summary>
[Flags]
public enum Notes : byte
{
    None = 0,
    Deceased = 1 << 0,
    Cancelled = 1 << 1,
    SupersededNumber = 1 << 2,
    Upgraded15 = 1 << 3,
    NormalisedNumber = 1 << 4,
    NormalisedName = 1 << 5,
    FormerName = 1 << 6,
    VariantCharacters = 1 << 7,
}
