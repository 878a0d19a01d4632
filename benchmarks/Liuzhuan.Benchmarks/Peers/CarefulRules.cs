namespace Liuzhuan.Benchmarks.Peers;

/// <summary>What a peer keeps of a person.</summary>
/// <param name="Name">The name, one object for equal names.</param>
/// <param name="Extra">Index + 1 into a side table of former names and successors, or 0.</param>
internal readonly record struct Person(string Name, int Division, int Extra, PersonStatus Status);

/// <summary>Status column of the register.</summary>
internal enum PersonStatus : byte
{
    Active,
    Deceased,
    Cancelled,
    Changing,
}

/// <summary>What few people have.</summary>
/// <param name="Former">Earlier names.</param>
/// <param name="Successor">Key of the record that replaced this one, or 0.</param>
internal sealed record PersonExtra(string[] Former, long Successor);

/// <summary>Finds people by key.</summary>
internal interface IPersonSource
{
    bool TryFind(long key, out Person person, out PersonExtra? extra);
}

/// <summary>One answer as it is written.</summary>
internal readonly record struct Outcome(string Code, string Fields, string Notes);

/// <summary>The rules of the contract as ordinary careful code, for the peers that are programs.</summary>
internal static class CarefulRules
{
    private const int MaxChain = 8;

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private static readonly string[] Provinces =
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".Split(' ');

    /// <summary>Decides one question.</summary>
    public static Outcome Decide<T>(T source, ReadOnlySpan<char> name, ReadOnlySpan<char> number, ReadOnlySpan<char> division) where T : IPersonSource
    {
        name = name.Trim();
        number = number.Trim();
        var reason = ReadNumber(number, out var key, out var normalised);
        if (reason.Length > 0 || name.IsEmpty) return new("invalid", "", Join(reason, name.IsEmpty ? "name_missing" : ""));
        var note = normalised ? "normalised_number" : "";
        if (!source.TryFind(key, out var person, out var extra)) return new("not_in_register", "", note);

        for (var chain = 0; extra is { Successor: not 0 }; chain++)
        {
            if (chain == 0) note = Join("superseded_number", note);
            if (chain == MaxChain || !source.TryFind(extra.Successor, out person, out extra)) return new("cannot_decide", "", Join("incomplete_record", note));
        }

        if (person.Status == PersonStatus.Deceased) note = Join("deceased", note);
        else if (person.Status == PersonStatus.Cancelled) note = Join("cancelled", note);
        else if (person.Status == PersonStatus.Changing) return new("cannot_decide", "", Join("change_in_progress", note));

        var nameAgrees = name.SequenceEqual(person.Name);
        var divisionAgrees = !int.TryParse(division, out var code) || code == person.Division;
        if (nameAgrees && divisionAgrees) return new("consistent", "", note);
        if (!nameAgrees && extra is not null)
        {
            foreach (var former in extra.Former)
            {
                if (name.SequenceEqual(former)) note = Join(note, "former_name");
            }
        }

        return new("inconsistent", nameAgrees ? "division" : divisionAgrees ? "name" : "name;division", note);
    }

    /// <summary>The key of a stored number: 17 digits times 16 plus the check character.</summary>
    public static long StoredKey(ReadOnlySpan<char> number) => long.Parse(number[..17]) * 16 + (number[17] == 'X' ? 10 : number[17] - '0');

    private static string ReadNumber(ReadOnlySpan<char> number, out long key, out bool normalised)
    {
        (key, normalised) = (0, false);
        if (number.IsEmpty) return "number_missing";
        for (var i = 0; i < number.Length; i++)
        {
            if (!char.IsAsciiDigit(number[i]) && (i != number.Length - 1 || number[i] is not ('X' or 'x'))) return "number_characters";
        }

        if (number.Length != 18) return "number_length";
        var (sum, digits) = (0, 0L);
        for (var i = 0; i < Weights.Length; i++)
        {
            var digit = number[i] - '0';
            sum += digit * Weights[i];
            digits = digits * 10 + digit;
        }

        var last = number[17] is 'X' or 'x' ? 10 : number[17] - '0';
        var checkFails = last != (12 - sum % 11) % 11;
        if (checkFails && number.EndsWith("000")) return "number_damaged_by_spreadsheet";
        if (!IsDay(number.Slice(6, 8))) return "number_date";
        if (!IsProvince(number)) return "number_division";
        if (checkFails) return "number_check_digit";
        key = digits * 16 + last;
        normalised = number[17] == 'x';
        return "";
    }

    private static bool IsProvince(ReadOnlySpan<char> number)
    {
        foreach (var province in Provinces)
        {
            if (number.StartsWith(province)) return true;
        }

        return false;
    }

    private static bool IsDay(ReadOnlySpan<char> digits)
    {
        var (year, month, day) = (int.Parse(digits[..4]), int.Parse(digits.Slice(4, 2)), int.Parse(digits.Slice(6, 2)));
        return year is >= 1800 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && digits.CompareTo("20260101", StringComparison.Ordinal) <= 0;
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : first + ";" + second;
}
