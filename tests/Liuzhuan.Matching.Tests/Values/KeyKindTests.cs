using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class KeyKindTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly JsonElement Vectors =
        JsonDocument.Parse(File.ReadAllBytes(Samples.PathOf("code_vectors.json"))).RootElement.GetProperty("gb32100");

    [Fact]
    public void Citizen_numbers_pack_and_unpack() =>
        Prop.ForAll(SlowTruth.ValidNumbers, text =>
        {
            var kind = KeyKinds.Get("citizen_number");
            return kind.Packs && kind.Pack(text) < 1UL << 48 && kind.Unpack(kind.Pack(text)) == text
                && kind.Read(text.ToLowerInvariant(), SlowTruth.Context, out var canonical, out _) == Reasons.None && canonical == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Packing_what_is_no_number_is_a_fault() => Assert.Throws<FormatException>(() => KeyKinds.Get("citizen_number").Pack("110105194912310021"));

    [Fact]
    public void An_unknown_kind_is_refused_with_the_kinds_there_are()
    {
        var fault = Assert.Throws<ArgumentException>(() => KeyKinds.Get("passport"));
        Assert.All(KeyKinds.Names, name => Assert.Contains(name, fault.Message));
        Assert.Equal(["citizen_number", "credit_code", "text"], KeyKinds.Names.Order());
    }

    [Fact]
    public void The_published_credit_codes_are_valid()
    {
        foreach (var code in Vectors.GetProperty("valid_public_agency_codes").EnumerateArray())
        {
            Assert.Equal(Reasons.None, CreditCode.Check(code.GetString()));
        }
    }

    [Fact]
    public void The_check_character_agrees_with_the_formula_of_the_standard() =>
        Prop.ForAll(Gen.Elements([.. Alphabet]).ArrayOf(17).ToArbitrary(), Gen.Elements([.. Alphabet]).ToArbitrary(), (body, last) =>
        {
            Assert.Equal(Alphabet, Vectors.GetProperty("alphabet").GetString());
            var sum = Vectors.GetProperty("weights").EnumerateArray().Zip(body, (weight, unit) => weight.GetInt32() * Alphabet.IndexOf(unit)).Sum();
            var right = Alphabet[(31 - sum % 31) % 31];
            Assert.Equal(Reasons.None, CreditCode.Check(new string(body) + right));
            if (last != right) Assert.NotEqual(Reasons.None, CreditCode.Check(new string(body) + last));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", Reasons.NumberMissing)]
    [InlineData(" 　", Reasons.NumberMissing)]
    [InlineData("1111000000002113", Reasons.NumberLength)]
    [InlineData("11110000000021135M1", Reasons.NumberLength)]
    [InlineData("1111000000002113SM", Reasons.NumberCharacters)]
    [InlineData("11110000000O21135M", Reasons.NumberCharacters)]
    [InlineData("11110000000021135N", Reasons.NumberCheckDigit)]
    [InlineData("1.11100E+17", Reasons.NumberDamagedBySpreadsheet)]
    [InlineData("113700000045046000", Reasons.NumberDamagedBySpreadsheet)]
    public void A_wrong_credit_code_gets_its_reason(string text, Reasons expected)
    {
        Assert.Equal(expected, KeyKinds.Get("credit_code").Read(text, SlowTruth.Context, out var canonical, out _));
        Assert.Equal("", canonical);
    }

    [Theory]
    [InlineData("11110000000021135m")]
    [InlineData("１１１１００００００００２１１３５Ｍ")]
    [InlineData(" 1111 0000 0000 2113 5M ")]
    [InlineData("'11110000-00002113-5M")]
    public void A_credit_code_is_read_as_people_write_it(string text)
    {
        Assert.Equal(Reasons.None, KeyKinds.Get("credit_code").Read(text, SlowTruth.Context, out var canonical, out var notes));
        Assert.Equal("11110000000021135M", canonical);
        Assert.Equal(Notes.NormalisedNumber, notes);
    }

    [Theory]
    [InlineData("吉房权证长字第1-２号", "吉房权证长字第1-2号", Notes.NormalisedNumber)]
    [InlineData("j220104—2011－003 ", "J220104-2011-003", Notes.NormalisedNumber)]
    [InlineData("A-1", "A-1", Notes.None)]
    [InlineData("2E10", "2E10", Notes.None)]
    public void A_text_key_keeps_its_dashes(string text, string expected, Notes expectedNotes)
    {
        Assert.Equal(Reasons.None, KeyKinds.Get("text").Read(text, SlowTruth.Context, out var canonical, out var notes));
        Assert.Equal(expected, canonical);
        Assert.Equal(expectedNotes, notes);
    }

    [Fact]
    public void A_text_key_has_one_to_sixty_four_characters()
    {
        var kind = KeyKinds.Get("text");
        Assert.Equal(Reasons.NumberMissing, kind.Read(" ", SlowTruth.Context, out _, out _));
        Assert.Equal(Reasons.None, kind.Read(new string('A', 64), SlowTruth.Context, out _, out _));
        Assert.Equal(Reasons.NumberLength, kind.Read(new string('A', 65), SlowTruth.Context, out _, out _));
        Assert.Equal(Reasons.NumberCharacters, kind.Read("A\uFFFD1", SlowTruth.Context, out _, out _));
        Assert.Equal(Reasons.NumberDamagedBySpreadsheet, kind.Read("2.2E+17", SlowTruth.Context, out _, out _));
        Assert.Throws<NotSupportedException>(() => kind.Pack("A"));
    }
}
