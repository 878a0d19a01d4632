namespace Liuzhuan.Commands.DemoData;

/// <summary>One made-up person as the register holds them.</summary>
/// <param name="Number">Citizen number with a valid check digit.</param>
/// <param name="OldNumber">A number that this one replaced, or null.</param>
internal sealed record DemoPerson(
    long Index, string Number, string Name, bool Male, DateOnly Born, string Ethnicity, string Division, string Status, string Household, string Relation, string FormerName, string? OldNumber, bool SharesNumber);

/// <summary>The people of a seed, each made from seed and index alone: the n-th person is the same whoever asks, in whatever order.</summary>
internal sealed class DemoPeople
{
    private const ulong PersonKind = 1;
    private const int JilinPercent = 92, SamePlacePercent = 85;
    private const int DeceasedPerMillion = 8_000, CancelledPerMillion = 3_000, ChangingPerMillion = 500, ReplacedPerMillion = 4_000, FormerPerMillion = 30_000, SharedPerMillion = 20;
    private const int Sequences = 999, HouseholdSize = 3;

    private static readonly DateOnly FirstDay = new(1930, 1, 1), LastDay = new(2025, 12, 31);
    private static readonly int Days = LastDay.DayNumber - FirstDay.DayNumber + 1;

    private readonly ulong _seed;
    private readonly Shuffle _inJilin, _elsewhere;

    public DemoPeople(long count, ulong seed)
    {
        if (count is < 1 or > 100_000_000) throw new ArgumentOutOfRangeException(nameof(count));
        (Count, _seed) = (count, seed);
        _inJilin = new Shuffle((ulong)DemoPlaces.Jilin.Length * (ulong)Days * Sequences, seed + 11);
        _elsewhere = new Shuffle((ulong)DemoPlaces.Elsewhere.Length * (ulong)Days * Sequences, seed + 12);
    }

    public long Count { get; }

    public ulong Seed => _seed;

    public DemoPerson this[long index]
    {
        get
        {
            var random = SplitMix.For(_seed, PersonKind, index);
            var shares = index > 0 && random.Chance(SharedPerMillion);
            var (number, place, born, male) = Number(shares ? index - 1 : index);
            var name = DemoNames.Draw(ref random);
            var division = place.StartsWith("22", StringComparison.Ordinal) && random.Below(100) < SamePlacePercent ? place : DemoPlaces.Jilin[random.Below(DemoPlaces.Jilin.Length)];
            var former = random.Chance(FormerPerMillion) ? DemoNames.Renamed(name, ref random) : "";
            var (status, ethnicity) = (Status(ref random), Ethnicity(ref random, name));
            var old = !shares && random.Chance(ReplacedPerMillion) ? Number(index + Count).Number : null;
            return new DemoPerson(index, number, name, male, born, ethnicity, division, status, $"{2_200_000_000L + index / HouseholdSize}", Relation(index, male), former, old, shares);
        }
    }

    /// <summary>The first person with nothing particular about the record, so that a question about them has a plain answer.</summary>
    public DemoPerson FirstOrdinary()
    {
        for (var index = 0L; index < Count; index++)
        {
            if (this[index] is { Status: "active", OldNumber: null, SharesNumber: false } person && !(index + 1 < Count && this[index + 1].SharesNumber)) return person;
        }

        return this[0];
    }

    /// <summary>A number that nobody in the register has.</summary>
    public string UnusedNumber(long index) => Number(2 * Count + index).Number;

    /// <summary>The check character of 17 digits (GB 11643-1999, ISO 7064 MOD 11-2).</summary>
    public static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        foreach (var digit in digits) sum = (sum + digit - '0') * 2;
        return "10X98765432"[sum % 11];
    }

    // Shuffled slots of place, day and sequence: no number comes twice unless it is meant to.
    private (string Number, string Place, DateOnly Born, bool Male) Number(long index)
    {
        var (round, rest) = Math.DivRem(index, 100);
        var local = rest < JilinPercent;
        var slot = local ? _inJilin.At((ulong)(round * JilinPercent + rest)) : _elsewhere.At((ulong)(round * (100 - JilinPercent) + rest - JilinPercent));
        var places = local ? DemoPlaces.Jilin : DemoPlaces.Elsewhere;
        (slot, var place) = Math.DivRem(slot, (ulong)places.Length);
        var (sequence, day) = Math.DivRem(slot, (ulong)Days);
        var born = FirstDay.AddDays((int)day);
        Span<char> text = stackalloc char[18];
        places[place].CopyTo(text);
        Digits(text[6..10], born.Year);
        Digits(text[10..12], born.Month);
        Digits(text[12..14], born.Day);
        Digits(text[14..17], (int)sequence + 1);
        text[17] = CheckCharacter(text[..17]);
        return (text.ToString(), places[place], born, (sequence & 1) == 0);
    }

    private static void Digits(Span<char> to, int value)
    {
        for (var i = to.Length - 1; i >= 0; i--, value /= 10) to[i] = (char)('0' + value % 10);
    }

    private static string Status(ref SplitMix random) => random.Below(1_000_000) switch
    {
        < DeceasedPerMillion => "deceased",
        < DeceasedPerMillion + CancelledPerMillion => "cancelled",
        < DeceasedPerMillion + CancelledPerMillion + ChangingPerMillion => "changing",
        _ => "active",
    };

    private static string Ethnicity(ref SplitMix random, string name) => name.Contains('·', StringComparison.Ordinal) ? "05" : random.Below(100) switch
    {
        < 4 => "10",
        < 8 => "11",
        < 9 => "02",
        _ => "01",
    };

    private static string Relation(long index, bool male) => (index % HouseholdSize) switch
    {
        0 => "01",
        1 => "10",
        _ => male ? "20" : "30",
    };
}
