using System.Numerics;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching;

/// <summary>The stable text codes of verdicts, reasons and notes, as they stand in files and JSON.</summary>
public static class AnswerCodes
{
    private static readonly string[] VerdictNames = ["consistent", "inconsistent", "not_in_register", "cannot_decide", "invalid"];

    private static readonly string[] ReasonNames =
    [
        "duplicate_number", "change_in_progress", "incomplete_record", "source_unavailable",
        "number_missing", "number_length", "number_characters", "number_date", "number_division", "number_check_digit",
        "number_damaged_by_spreadsheet", "name_missing", "name_characters", "row_too_long", "beyond_jurisdiction",
    ];

    private static readonly string[] NoteNames =
        ["deceased", "cancelled", "superseded_number", "upgraded_15", "normalised_number", "normalised_name", "former_name", "variant_characters"];

    public static IReadOnlyList<string> Verdicts => VerdictNames;

    public static IReadOnlyList<string> Reasons => ReasonNames;

    public static IReadOnlyList<string> Notes => NoteNames;

    public static string Code(this Verdict verdict) => VerdictNames[(int)verdict];

    /// <summary>The reason codes set in <paramref name="reasons"/>, in listing order.</summary>
    public static IEnumerable<string> Codes(this Reasons reasons) => Named((uint)reasons, ReasonNames);

    /// <summary>The note codes set in <paramref name="notes"/>, in listing order.</summary>
    public static IEnumerable<string> Codes(this Notes notes) => Named((uint)notes, NoteNames);

    /// <summary>The names of the differing fields, in schema order.</summary>
    public static IEnumerable<string> DifferingFields(this AnswerCore answer, RegisterSchema schema) => FieldNames(answer.Differing, schema);

    /// <summary>Column 备注代码 without the batch notes: reasons first, then notes, then <c>not_compared_FIELD</c>.</summary>
    public static IEnumerable<string> NoteColumn(this AnswerCore answer, RegisterSchema schema) =>
        answer.Reasons.Codes().Concat(answer.Notes.Codes()).Concat(FieldNames(answer.NotCompared, schema).Select(name => "not_compared_" + name));

    private static IEnumerable<string> FieldNames(uint bits, RegisterSchema schema)
    {
        for (; bits != 0; bits &= bits - 1) yield return schema.Fields[BitOperations.TrailingZeroCount(bits)].Name;
    }

    private static IEnumerable<string> Named(uint bits, string[] names)
    {
        for (; bits != 0; bits &= bits - 1) yield return names[BitOperations.TrailingZeroCount(bits)];
    }
}
