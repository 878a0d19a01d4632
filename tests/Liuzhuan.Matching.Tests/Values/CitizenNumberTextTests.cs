using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class CitizenNumberTextTests
{
    private const string Number = "11010519491231002X";

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("１１０１０５１９４９１２３１００２ｘ")]
    [InlineData(" 110105 19491231 002X\u3000")]
    [InlineData("110105-19491231-002X")]
    [InlineData("110105－19491231—002X")]
    [InlineData("110105‐19491231‑002X")]
    [InlineData("110105–19491231﹣002X")]
    [InlineData("'11010519491231002X")]
    [InlineData("’11010519491231002X")]
    [InlineData("‘11010519491231002X’")]
    [InlineData("＇11010519491231002X")]
    [InlineData("`11010519491231002X")]
    [InlineData(" ' 11010519491231002X")]
    [InlineData("=\"11010519491231002X\"")]
    [InlineData("=“11010519491231002x”")]
    [InlineData("\"11010519491231002X\"")]
    [InlineData("\uFEFF11010519491231002X")]
    [InlineData("110105\u200B19491231\u00A0002X\t")]
    [InlineData("11010519491231002X\u202C\u200E")]
    [InlineData("11010519491231002X\r\n")]
    public void What_people_write_is_normalised_and_noted(string text)
    {
        Assert.Equal(Reasons.None, CitizenNumber.Read(text, SlowTruth.Context, out var number, out var notes));
        Assert.Equal(Number, number.ToString());
        Assert.Equal(Notes.NormalisedNumber, notes);
    }

    [Fact]
    public void A_number_as_it_should_be_gets_no_note()
    {
        Assert.Equal(Reasons.None, CitizenNumber.Read(Number, SlowTruth.Context, out var number, out var notes));
        Assert.Equal(Number, number.ToString());
        Assert.Equal(Notes.None, notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3000\u00A0\t")]
    [InlineData("\u200B\uFEFF")]
    [InlineData("'")]
    [InlineData("—")]
    public void Nothing_is_missing(string text) => AssertFailure(Reasons.NumberMissing, text);

    [Theory]
    [InlineData("2.20102E+17")]
    [InlineData("2.20102198001010E+17")]
    [InlineData("2.30103198505175E+017")]
    [InlineData("2.20102198001010016E17")]
    [InlineData("2.20102e+17")]
    [InlineData("2,20102E+17")]
    [InlineData("2E+17")]
    [InlineData("220.102E+15")]
    [InlineData(" 2.20102E+17\u3000")]
    [InlineData("２．２０１０２Ｅ＋１７")]
    [InlineData("'2.20102E+17")]
    [InlineData("220102198001010000")]
    [InlineData("220102199999990000")]
    [InlineData("000000000000000000")]
    [InlineData("220102 19800101 0000")]
    public void What_a_spreadsheet_rounded_is_called_so(string text) => AssertFailure(Reasons.NumberDamagedBySpreadsheet, text);

    [Fact]
    public void Three_zeros_at_the_end_are_fine_when_the_check_digit_is_right()
    {
        var text = Enumerable.Range(0, 3650).Select(day => SlowTruth.Number("220102", new DateOnly(1980, 1, 1).AddDays(day), 100))
            .First(number => number.EndsWith("000", StringComparison.Ordinal));
        Assert.Equal(Reasons.None, CitizenNumber.Read(text, SlowTruth.Context, out _, out _));
    }

    [Theory]
    [InlineData("22088119O311062962")]
    [InlineData("11010519?507040680")]
    [InlineData("22010519Z031275")]
    [InlineData("22040O")]
    [InlineData("X1010519491231002X")]
    [InlineData("1101051949123100XX")]
    [InlineData("22010480010100X")]
    [InlineData("无")]
    [InlineData("不详")]
    [InlineData("11010519491231002*")]
    [InlineData("110105194912310021/110105194912310022")]
    [InlineData("11010519491231002X 11010519491231002X 11010519491231002X")]
    [InlineData("220102E198001010011")]
    [InlineData("1101051949\uFFFD231002X")]
    public void Anything_but_digits_and_a_last_x_is_a_wrong_character(string text) => AssertFailure(Reasons.NumberCharacters, text);

    [Theory]
    [InlineData("220103201106")]
    [InlineData("2101022012112748")]
    [InlineData("21010220121127481")]
    [InlineData("1101051949123100X")]
    [InlineData("2101022012112748199")]
    [InlineData("1")]
    [InlineData("X")]
    [InlineData("１２３")]
    [InlineData("110105194912310021 110105194912310022 110105194912310022")]
    public void Digits_of_another_count_are_of_wrong_length(string text) => AssertFailure(Reasons.NumberLength, text);

    [Fact]
    public void A_cell_of_any_size_is_judged()
    {
        AssertFailure(Reasons.NumberLength, new string('1', 100_000));
        AssertFailure(Reasons.NumberCharacters, new string('1', 100_000) + "A");
        AssertFailure(Reasons.NumberMissing, new string(' ', 100_000));
        Assert.Equal(Reasons.None, CitizenNumber.Read(new string(' ', 100_000) + Number, SlowTruth.Context, out _, out _));
    }

    [Fact]
    public void Fifteen_digits_are_upgraded_as_the_vectors_say()
    {
        var vectors = JsonDocument.Parse(File.ReadAllBytes(Samples.PathOf("code_vectors.json"))).RootElement.GetProperty("gb11643");
        foreach (var vector in vectors.GetProperty("upgrade_15").EnumerateArray())
        {
            Assert.Equal(Reasons.None, CitizenNumber.Read(vector.GetProperty("in").GetString(), SlowTruth.Context, out var number, out var notes));
            Assert.Equal(vector.GetProperty("out").GetString(), number.ToString());
            Assert.Equal(Notes.Upgraded15, notes);
        }
    }

    [Fact]
    public void Every_fifteen_digits_become_the_number_of_their_century() =>
        Prop.ForAll(SlowTruth.ValidNumbers, text =>
        {
            var short15 = text[..6] + text[8..17];
            var century = text[14..17] is "996" or "997" or "998" or "999" ? "18" : "19";
            var expected = text[..6] + century + text[8..17];
            expected += SlowTruth.CheckDigit(expected);
            var failure = CitizenNumber.Read(short15, SlowTruth.Context, out var number, out var notes);
            Assert.Equal(SlowTruth.Judge(expected, SlowTruth.AsOf), failure);
            if (failure != Reasons.None) return;
            Assert.Equal(expected, number.ToString());
            Assert.Equal(Notes.Upgraded15, notes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("220104 800101 001", Reasons.None)]
    [InlineData("220104800230001", Reasons.NumberDate)]
    [InlineData("000104800101001", Reasons.NumberDivision)]
    [InlineData("220104000101997", Reasons.None)]
    public void Fifteen_digits_are_checked_as_well(string text, Reasons expected)
    {
        Assert.Equal(expected, CitizenNumber.Read(text, SlowTruth.Context, out _, out var notes));
        if (text.Contains(' ')) Assert.Equal(Notes.Upgraded15 | Notes.NormalisedNumber, notes);
    }

    [Fact]
    public void The_first_failure_wins()
    {
        AssertFailure(Reasons.NumberDamagedBySpreadsheet, "000105194902300000");
        AssertFailure(Reasons.NumberCharacters, "00010519490230A");
        AssertFailure(Reasons.NumberDate, "000105194902300021");
        AssertFailure(Reasons.NumberDivision, "000105194912310029");
        AssertFailure(Reasons.NumberCheckDigit, "110105194912310029");
    }

    [Fact]
    public void Marks_strewn_into_a_number_never_change_it() =>
        Prop.ForAll(SlowTruth.ValidNumbers, Gen.Elements(" ", "\u3000", "-", "－", "\u200D", "\u00A0", "—").ArrayOf(19).ToArbitrary(), (text, marks) =>
        {
            var strewn = string.Concat(text.Select((unit, i) => marks[i] + unit)) + marks[18];
            return CitizenNumber.Read(strewn, SlowTruth.Context, out var number, out var notes) == Reasons.None
                && number.ToString() == text && notes == Notes.NormalisedNumber;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_does_not_allocate()
    {
        string[] texts = [Number, " 110105 19491231 002X\u3000", "220104800101001", "2.20102E+17", "１１０１０５１９４９１２３１００２Ｘ"];
        ReadAll(texts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) ReadAll(texts);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void ReadAll(string[] texts)
    {
        foreach (var text in texts) CitizenNumber.Read(text, SlowTruth.Context, out _, out _);
    }

    private static void AssertFailure(Reasons expected, string text)
    {
        Assert.Equal(expected, CitizenNumber.Read(text, SlowTruth.Context, out _, out var notes));
        Assert.Equal(Notes.None, notes);
    }
}
