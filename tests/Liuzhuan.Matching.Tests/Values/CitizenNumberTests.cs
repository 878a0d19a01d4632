using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class CitizenNumberTests
{
    private static readonly JsonElement Vectors =
        JsonDocument.Parse(File.ReadAllBytes(Samples.PathOf("code_vectors.json"))).RootElement.GetProperty("gb11643");

    [Fact]
    public void Every_right_number_is_read_and_written_back() =>
        Check(SlowTruth.ValidNumbers, text =>
        {
            Assert.Equal(Reasons.None, CitizenNumber.TryParse(text, SlowTruth.Context, out var number));
            Assert.Equal(text, number.ToString());
            Assert.Equal(text[..6], number.Prefix.ToString("000000"));
            Assert.Equal(text[6..14], number.BirthDate.ToString("yyyyMMdd"));
            Assert.Equal(text[14..17], number.Sequence.ToString("000"));
            Assert.True(number.Packed < 1UL << 47);
            Assert.Equal(number, CitizenNumber.Pack(text));
        });

    [Fact]
    public void Strict_reading_agrees_with_the_slow_truth() =>
        Check(SlowTruth.NearNumbers, text =>
        {
            var expected = SlowTruth.Judge(text, SlowTruth.AsOf);
            Assert.Equal(expected, CitizenNumber.TryParse(text, SlowTruth.Context, out _));
            Assert.Equal(expected, CitizenNumber.TryParse(Encoding.ASCII.GetBytes(text), SlowTruth.Context, out _));
            Assert.Equal(expected, CitizenNumber.Read(text, SlowTruth.Context, out _, out var notes));
            Assert.Equal(Notes.None, notes);
        }, 5000);

    [Fact]
    public void Packed_numbers_order_as_division_then_birth_then_sequence() =>
        Prop.ForAll(SlowTruth.ValidNumbers, SlowTruth.ValidNumbers, (a, b) =>
            Math.Sign(CitizenNumber.Pack(a).Packed.CompareTo(CitizenNumber.Pack(b).Packed)) == Math.Sign(string.CompareOrdinal(a[..17], b[..17])))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_single_wrong_digit_and_every_swap_of_neighbours_is_refused() =>
        Check(SlowTruth.ValidNumbers, text =>
        {
            for (var at = 0; at < 17; at++)
            {
                var wrong = text.ToCharArray();
                wrong[at] = (char)('0' + (wrong[at] - '0' + 3) % 10);
                Assert.NotEqual(Reasons.None, CitizenNumber.TryParse(wrong, SlowTruth.Context, out _));
                if (at == 16 || text[at] == text[at + 1]) continue;
                var swapped = text.ToCharArray();
                (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
                Assert.NotEqual(Reasons.None, CitizenNumber.TryParse(swapped, SlowTruth.Context, out _));
            }
        });

    [Fact]
    public void The_published_examples_are_valid()
    {
        foreach (var text in Strings("standard_examples_valid"))
        {
            Assert.Equal(Reasons.None, CitizenNumber.TryParse(text, SlowTruth.Context, out var number));
            Assert.Equal(text, number.ToString());
        }
    }

    [Fact]
    public void Synthetic_vectors_are_valid_but_for_the_one_that_names_no_day()
    {
        foreach (var text in Strings("synthetic_valid_checksum_never_issued"))
        {
            // The check digit of this vector is right, but 1850 had no 29 February.
            var expected = text == "22010418500229001X" ? Reasons.NumberDate : Reasons.None;
            Assert.Equal(SlowTruth.CheckDigit(text[..17]), text[17]);
            Assert.Equal(expected, CitizenNumber.TryParse(text, SlowTruth.Context, out _));
        }
    }

    [Fact]
    public void Invalid_vectors_are_refused_for_the_reason_they_name()
    {
        var reasons = new Dictionary<string, Reasons>
        {
            ["110105194912310021"] = Reasons.NumberCheckDigit,
            ["11010519490230002X"] = Reasons.NumberDate,
            ["1101051949123100X"] = Reasons.NumberLength,
            ["00010519491231002X"] = Reasons.NumberDivision,
            ["11010519491231002Ｘ"] = Reasons.NumberCharacters,
        };
        var vectors = Vectors.GetProperty("invalid").EnumerateArray().Select(vector => vector.GetProperty("v").GetString()!).ToArray();
        Assert.Equal(reasons.Keys.Order(StringComparer.Ordinal), vectors.Order(StringComparer.Ordinal));
        foreach (var text in vectors) Assert.Equal(reasons[text], CitizenNumber.TryParse(text, SlowTruth.Context, out _));
    }

    [Fact]
    public void Weights_and_check_map_of_the_vectors_give_the_same_check_digit() =>
        Check(SlowTruth.ValidNumbers, text =>
        {
            var weights = Vectors.GetProperty("weights").EnumerateArray().Select(weight => weight.GetInt32());
            var sum = weights.Zip(text, (weight, digit) => weight * (digit - '0')).Sum();
            Assert.Equal(text[17..], Vectors.GetProperty("check_map_mod0_to_10")[sum % 11].GetString());
        });

    [Fact]
    public void A_birth_after_the_as_of_is_no_date_and_one_on_the_day_is()
    {
        var context = new KeyContext(new DateOnly(2020, 2, 29), NumberRules.Default);
        Assert.Equal(Reasons.None, CitizenNumber.TryParse(SlowTruth.Number("220102", new(2020, 2, 29), 11), context, out _));
        Assert.Equal(Reasons.NumberDate, CitizenNumber.TryParse(SlowTruth.Number("220102", new(2020, 3, 1), 11), context, out _));
        Assert.Equal(Reasons.NumberDate, CitizenNumber.TryParse(SlowTruth.Number("220102", new(1799, 12, 31), 11), context, out _));
    }

    [Fact]
    public void A_date_too_late_to_pack_is_refused_even_without_an_as_of()
    {
        var context = new KeyContext(DateOnly.MaxValue, NumberRules.Default);
        Assert.Equal(Reasons.None, CitizenNumber.TryParse(SlowTruth.Number("220102", new(2158, 11, 11), 11), context, out _));
        Assert.Equal(Reasons.NumberDate, CitizenNumber.TryParse(SlowTruth.Number("220102", new(2158, 11, 12), 11), context, out _));
    }

    [Fact]
    public void Unsourced_prefixes_are_parameters()
    {
        var sourcedOnly = new KeyContext(SlowTruth.AsOf, new NumberRules([11, 22, 81, 82], acceptForeignResidents: false));
        string[] numbers = [SlowTruth.Number("830000", new(1990, 1, 1), 1), SlowTruth.Number("911124", new(1990, 1, 1), 1)];
        foreach (var number in numbers)
        {
            Assert.Equal(Reasons.None, CitizenNumber.TryParse(number, SlowTruth.Context, out _));
            Assert.Equal(Reasons.NumberDivision, CitizenNumber.TryParse(number, sourcedOnly, out _));
        }

        Assert.Equal(Reasons.None, CitizenNumber.TryParse(SlowTruth.Number("810000", new(1990, 1, 1), 1), sourcedOnly, out _));
    }

    [Fact]
    public void The_number_of_an_abolished_county_stays_valid() =>
        Assert.Equal(Reasons.None, CitizenNumber.TryParse(SlowTruth.Number("220181", new(1980, 5, 5), 12), SlowTruth.Context, out _));

    private static IEnumerable<string> Strings(string property) =>
        Vectors.GetProperty(property).EnumerateArray().Select(element => element.GetString()!);

    private static void Check(Arbitrary<string> texts, Action<string> assertion, int times = 500) =>
        Prop.ForAll(texts, assertion).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
