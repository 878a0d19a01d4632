namespace Liuzhuan.Directories.Contract;

internal enum DivisionLevel
{
    Province,
    Prefecture,
    County,
}

/// <summary>What is known of a day: a list of one year does not tell when in that year something changed.</summary>
internal enum Validity
{
    InForce,
    NotYet,
    Over,

    /// <summary>No source says whether it was in force on that day.</summary>
    Unknown,
}

/// <summary>A beginning or an end of which a source gives the day or only a span.</summary>
/// <param name="NotBefore">Not earlier than this day; null where nothing is known.</param>
/// <param name="By">It has happened on this day or before.</param>
internal readonly record struct DivisionEdge(DateOnly? NotBefore, DateOnly By);

/// <summary>A division of the country at county level and above (GB/T 2260) under one name. A rename keeps the code; the code of what was abolished is never given to another place, and is kept for ever (行政区划代码管理办法).</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Parent">Code of the division it belongs to; empty for a province.</param>
/// <param name="Ends">Null while it is in force.</param>
/// <param name="Successor">The code under which its people are found after its end; empty where it was divided up, only renamed, or no source says.</param>
/// <param name="IsStatistical">A development zone with a code for statistics only, never in a household register.</param>
internal sealed record Division(string Code, string Name, DivisionLevel Level, string Parent, DivisionEdge Begins, DivisionEdge? Ends, string Successor, bool IsStatistical)
{
    /// <summary>Was it in force on a day, as far as the sources tell?</summary>
    public Validity On(DateOnly day) =>
        Ends is { } end && day >= end.By ? Validity.Over
        : Begins.NotBefore is { } earliest && day < earliest ? Validity.NotYet
        : day < Begins.By || Ends is { } doubtful && (doubtful.NotBefore is not { } first || day >= first) ? Validity.Unknown
        : Validity.InForce;
}
