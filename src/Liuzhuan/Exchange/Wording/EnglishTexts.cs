namespace Liuzhuan.Exchange.Wording;

/// <summary>Answers in English.</summary>
internal sealed class EnglishTexts : AnswerTexts
{
    public static readonly EnglishTexts Instance = new();

    public override (string Verdict, string Code, string Fields, string Notes, string Explanation) Headings => ("Verdict", "Verdict code", "Differing fields", "Note codes", "Explanation");

    public override (string Sheet, string Line, string Row) PlaceHeadings => ("Sheet", "Line", "Data row");

    public override IReadOnlyDictionary<string, string> Verdicts { get; } = new Dictionary<string, string>
    {
        ["consistent"] = "Consistent",
        ["inconsistent"] = "Inconsistent",
        ["not_in_register"] = "Not in register",
        ["cannot_decide"] = "Cannot decide",
        ["invalid"] = "Invalid",
    };

    public override IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["duplicate_number"] = "More than one record in the register uses this number, so it decides nothing: ask the registering authority to check by hand, and do not treat this as a mismatch",
        ["change_in_progress"] = "A procedure that may change this record is pending: verify again in a few days, or ask the registering authority if it is urgent",
        ["incomplete_record"] = "The record is incomplete (a compared field is empty, or the record under the new number is missing): ask the registering authority to check by hand and to complete it",
        ["source_unavailable"] = "The register could not be reached and this row was not verified: submit it again later, and do not treat this as a mismatch",
        ["number_missing"] = "The number is missing: fill in the whole number and submit the row again",
        ["number_length"] = "The number has the wrong length (numbers have 18 characters, old identity numbers 15): compare it with the document",
        ["number_characters"] = "The number holds characters that do not belong there (an identity number has digits only, with X allowed at the end): copy it again from the document",
        ["number_date"] = "The date of birth inside the number does not exist or lies after the date of the register: compare those digits with the document",
        ["number_division"] = "The number begins with a division code that does not exist: compare the first digits with the document",
        ["number_check_digit"] = "The check digit does not fit, so one character is probably wrong: compare the number with the document digit by digit",
        ["number_damaged_by_spreadsheet"] = "A spreadsheet program changed the number (its last digits are lost): format the column as text and enter the whole number again",
        ["name_missing"] = "The name (or another required cell) is missing: fill it in and submit the row again",
        ["name_characters"] = "The name holds unreadable characters such as question marks, boxes or asterisks (lost rare characters or a masked name): enter the whole name as on the document",
        ["row_too_long"] = "This row has more cells than the header, so it is unclear what they mean: look for a separator that is not inside quotes, or in a spreadsheet for something to the right of the header, mend it and submit the row again",
        ["beyond_jurisdiction"] = "There is no such person in the register, or the person is registered outside the area of this office, for which this purpose gives no answer: check the number, or have the office of the place of registration verify it",
    };

    public override IReadOnlyDictionary<string, string> Notes { get; } = new Dictionary<string, string>
    {
        ["deceased"] = "Note that the register shows this person as deceased",
        ["cancelled"] = "Note that this registration has been cancelled",
        ["superseded_number"] = "This number was replaced and the answer comes from the record under the new one: use the new number from now on",
        ["upgraded_15"] = "The old number of 15 digits was converted to 18 before verifying: give 18 digits from now on",
        ["normalised_number"] = "The number was tidied (spaces, full-width characters, small x) before verifying",
        ["normalised_name"] = "The name was tidied (interpunct, spaces, full-width characters) before comparing",
        ["former_name"] = "This is a former name in the register: use the present name",
        ["variant_characters"] = "The name differs from the register only in simplified, traditional or variant characters: write it as on the document",
    };

    public override string Consistent => "Agrees with the register";

    public override string Stop => ".";

    public override string Inconsistent(IReadOnlyList<string> labels, bool ofPersons) =>
        $"Differs from the register in {string.Join(", ", labels)}: compare with the original document and correct it; if the document says the same, ask {Authority(ofPersons)}";

    public override string NotInRegister(bool ofPersons) => $"The register has no such number: check that it was copied correctly; if it was, ask {Authority(ofPersons)}";

    public override string NotCompared(IReadOnlyList<string> labels) => $"Not compared because it could not be read or names too large a place: {string.Join(", ", labels)}; write it in a usual form and submit the row again";

    public override string LeftOut(IReadOnlyList<string> labels) => $"Not compared: {string.Join(", ", labels)}; this purpose does not compare them, or the person is registered outside the area of this office, where number and name are compared only";

    public override string RepeatsRow(long row, string? sheet, long line) => sheet is null
        ? $"Same number as data row {row} (line {line} of the file): check whether it was entered twice"
        : $"Same number as data row {row} (row {line} of sheet \"{sheet}\"): check whether it was entered twice";

    public override bool IsLabel(string heading) => heading.All(c => c < '\u0250');

    private static string Authority(bool ofPersons) => ofPersons ? "the police station of the household registration" : "the registering authority";
}
