using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class PersonNameTests
{
    [Theory]
    [InlineData("张三")]
    [InlineData("迪丽热巴·迪力木拉提")]
    [InlineData("林𠮷")]
    [InlineData("赵𬭩")]
    [InlineData("〇")]
    [InlineData("罗㛃敏")]
    [InlineData("JOHNSMITH")]
    [InlineData("O'BRIEN-JR.")]
    [InlineData("'ABDALLAH")]
    [InlineData("\u02BBIOLANI")]
    [InlineData("ᠮᠣᠩᠭᠣᠯ")]
    public void A_canonical_name_stays_as_it_is(string name)
    {
        AssertName(name, name);
        Assert.True(PersonName.IsCanonical(name));
    }

    [Theory]
    [InlineData("朱\u3000㛃涛 ", "朱㛃涛")]
    [InlineData("何 秀洋\t", "何秀洋")]
    [InlineData("'王伟", "王伟")]
    [InlineData(" \u2019王伟", "王伟")]
    [InlineData("'王伟'", "王伟")]
    [InlineData("=\"王伟\"", "王伟")]
    [InlineData("＝“王 伟”", "王伟")]
    [InlineData("\"𬭩明\"", "𬭩明")]
    [InlineData("林\u200D堃", "林堃")]
    [InlineData("\uFEFF陈\u200B明", "陈明")]
    [InlineData("陈\u00AD明\u202C\uFE0F", "陈明")]
    [InlineData("陈明\U000E0100", "陈明")]
    [InlineData("陈\r\n明", "陈明")]
    [InlineData("John  smith", "JOHNSMITH")]
    [InlineData("Ｊｏｈｎ Ｓｍｉｔｈ", "JOHNSMITH")]
    [InlineData("josé müller", "JOSÉMÜLLER")]
    [InlineData("玛丽Ａ", "玛丽A")]
    [InlineData("\uF9D1", "六")]
    [InlineData("\uFA6C", "\U000242EE")]
    [InlineData("\U0002F800", "丽")]
    [InlineData("\u2FBA超", "馬超")]
    [InlineData("\u2EE2超\u2EF0", "马超龙")]
    public void A_name_is_brought_to_one_form(string written, string canonical)
    {
        AssertName(written, canonical);
        Assert.False(PersonName.IsCanonical(written));
    }

    [Theory]
    [InlineData("JOSE\u0301", "JOSÉ")]
    [InlineData("jose\u0301", "JOSÉ")]
    [InlineData("Ｊose \u0301", "JOSÉ")]
    [InlineData("Mu\u0308ller", "MÜLLER")]
    [InlineData("N\u0303u•Li", "ÑU·LI")]
    [InlineData("e\u0302\u0323", "Ệ")]
    [InlineData("\u00EA\u0323", "Ệ")]
    [InlineData("i\u0307lker", "İLKER")]
    [InlineData("j\u030C", "ǰ")]
    [InlineData("a\u0323\u0302\u0301x", "Ậ\u0301X")]
    [InlineData("α\u0345", "ᾼ")]
    [InlineData("\u212Bngstr\u00F6m", "ÅNGSTRÖM")]
    [InlineData("\u1100\u1175\u11B7\u110E\u1165\u11AF\u1109\u116E", "김철수")]
    [InlineData("기\u11B7", "김")]
    [InlineData("アカ\u3099", "アガ")]
    [InlineData("は\u309A", "ぱ")]
    [InlineData("\u0627\u0653", "آ")]
    public void Letters_and_their_marks_are_composed(string written, string canonical)
    {
        AssertName(written, canonical);
        AssertName(canonical, canonical);
        Assert.False(PersonName.IsCanonical(written));
    }

    [Theory]
    [InlineData("#REF!")]
    [InlineData(" #n/a ")]
    [InlineData("#VALUE!")]
    [InlineData("#DIV/0!")]
    [InlineData("#NULL!")]
    [InlineData("#NUM!")]
    [InlineData("#NAME?")]
    [InlineData("#SPILL!")]
    [InlineData("#CALC!")]
    [InlineData("#GETTING_DATA")]
    [InlineData("＃ＲＥＦ！")]
    [InlineData("Err:502")]
    public void What_a_failed_formula_shows_is_no_name(string text)
    {
        Assert.Equal(Reasons.NameCharacters, PersonName.Read(text, out var canonical, out _));
        Assert.Equal("", canonical);
        Assert.False(PersonName.IsCanonical(text));
        Assert.False(FieldComparers.Get("name").TryReadStored(text, out _));
    }

    [Theory]
    [InlineData("#张三")]
    [InlineData("张三#1")]
    [InlineData("#")]
    [InlineData("#1!")]
    [InlineData("ERR:")]
    [InlineData("ERROL")]
    public void A_name_that_only_begins_like_an_error_is_compared(string text) => AssertName(text, text);

    [Theory]
    [InlineData('•')]
    [InlineData('．')]
    [InlineData('・')]
    [InlineData('‧')]
    [InlineData('･')]
    [InlineData('⋅')]
    [InlineData('∙')]
    [InlineData('.')]
    public void Lookalikes_between_Chinese_characters_are_the_interpunct(char lookalike)
    {
        AssertName($"扎西{lookalike}多吉", "扎西·多吉");
        AssertName($"扎西 {lookalike} 多吉", "扎西·多吉");
        AssertName($"林𠮷{lookalike}𠮷\uF9D1", "林𠮷·𠮷六");
    }

    [Fact]
    public void A_full_stop_elsewhere_is_a_full_stop()
    {
        AssertName("J.Smith", "J.SMITH");
        AssertName("扎西.", "扎西.");
        AssertName(".扎西", ".扎西");
        AssertName("扎西.D", "扎西.D");
        AssertName("扎西..多吉", "扎西..多吉");
    }

    [Fact]
    public void Moved_private_use_code_points_are_their_standard_ones()
    {
        var pairs = JsonDocument.Parse(File.ReadAllBytes(Samples.PathOf("code_vectors.json"))).RootElement.GetProperty("gb18030_pua").GetProperty("pairs");
        Assert.Equal(24, pairs.GetArrayLength());
        foreach (var pair in pairs.EnumerateArray())
        {
            var (moved, standard) = (FromHex(pair.GetProperty("pua").GetString()!), FromHex(pair.GetProperty("standard").GetString()!));
            AssertName("王" + moved, "王" + standard);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000\t")]
    [InlineData("\u200B\uFEFF\u00AD")]
    public void Nothing_is_no_name(string text)
    {
        Assert.Equal(Reasons.NameMissing, PersonName.Read(text, out var canonical, out _));
        Assert.Equal("", canonical);
        Assert.False(PersonName.IsCanonical(text));
    }

    [Theory]
    [InlineData("王?")]
    [InlineData("王？")]
    [InlineData("?")]
    [InlineData("朱\uFFFD芳")]
    [InlineData("高■兰")]
    [InlineData("高□兰")]
    [InlineData("张*")]
    [InlineData("张＊")]
    [InlineData("张〓")]
    [InlineData("张\uD840")]
    [InlineData("\uDC00张")]
    [InlineData("张\u0001")]
    [InlineData("张\u0000三")]
    [InlineData("张\u0080")]
    [InlineData("张\uFFFF")]
    public void A_damaged_name_is_never_compared(string text)
    {
        Assert.Equal(Reasons.NameCharacters, PersonName.Read(text, out var canonical, out _));
        Assert.Equal("", canonical);
        Assert.False(PersonName.IsCanonical(text));
    }

    [Fact]
    public void A_name_of_any_length_works()
    {
        AssertName(new string('阿', 50), new string('阿', 50));
        AssertName(string.Join(".", Enumerable.Repeat("阿𠮷", 300)), string.Join("·", Enumerable.Repeat("阿𠮷", 300)));
    }

    [Fact]
    public void A_name_of_plain_characters_is_its_own_canonical_form() =>
        Prop.ForAll(Gen.Choose(0, 0x3FFFF).Where(IsScalar).Where(PersonName.IsPlain).NonEmptyListOf().ToArbitrary(), codePoints =>
        {
            var name = string.Concat(codePoints.Select(char.ConvertFromUtf32));
            return PersonName.Read(name, out var canonical, out var changed) == Reasons.None && canonical == name && !changed && PersonName.IsCanonical(name);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_plain_code_point_is_Han_or_the_interpunct()
    {
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (!PersonName.IsPlain(codePoint)) continue;
            Assert.True(codePoint is 0xB7 or 0x3005 or 0x3007 or (>= 0x3400 and <= 0x9FFF) or (>= 0xFA0E and <= 0xFA29) or (>= 0x20000 and <= 0x3FFFD));
            Assert.False(codePoint is >= 0x4DC0 and <= 0x4DFF);
        }

        Assert.False(PersonName.IsPlain('\uF900'));
        Assert.False(PersonName.IsPlain(0x2F800));
        Assert.False(PersonName.IsPlain('A'));
        Assert.False(PersonName.IsPlain('.'));
    }

    [Fact]
    public void A_plain_character_is_told_without_the_table_as_with_it()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++) Assert.Equal(NameCharacters.KindOf((char)unit) == NameCharacterKind.Plain, NameCharacters.IsPlain((char)unit));
    }

    [Fact]
    public void Reading_a_canonical_name_again_changes_nothing() =>
        Prop.ForAll(Written, text =>
        {
            if (PersonName.Read(text, out var canonical, out var changed) != Reasons.None) return;
            Assert.Equal(canonical != text, changed);
            Assert.Equal(Reasons.None, PersonName.Read(canonical, out var again, out var changedAgain));
            Assert.Equal(canonical, again);
            Assert.False(changedAgain);
            Assert.True(PersonName.IsCanonical(canonical));
            Assert.Equal(!changed, PersonName.IsCanonical(text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Reading_a_composed_name_again_changes_nothing() =>
        Prop.ForAll(Gen.Elements("e", "i", "J", "α", "ω", "か", "ᄀ", "ᅡ", "ᆨ", "가", "\u0301", "\u0307", "\u030C", "\u0323", "\u0345", "\u3099", "\u212A", "ϓ", "ß", " ", "\U00011099", "\U000110BA", "王", ".")
            .ListOf().Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            if (PersonName.Read(text, out var canonical, out _) != Reasons.None) return;
            Assert.Equal(Reasons.None, PersonName.Read(canonical, out var again, out var changed));
            Assert.Equal(canonical, again);
            Assert.False(changed);
            Assert.Equal(canonical, CanonicalComposition.Compose(canonical));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Reading_agrees_with_the_slow_truth() =>
        Prop.ForAll(Written, text =>
        {
            var expected = SlowCanonical(text);
            var failure = PersonName.Read(text, out var canonical, out _);
            Assert.Equal(expected is null ? Reasons.NameCharacters : expected.Length == 0 ? Reasons.NameMissing : Reasons.None, failure);
            Assert.Equal(expected ?? "", canonical);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Checking_and_reading_into_a_buffer_do_not_allocate()
    {
        var buffer = new char[64];
        Use("扎西．多吉 ", buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Use("扎西．多吉 ", buffer);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Arbitrary<string> Written => Gen.Frequency(
            (20, Gen.Elements(
                "张", "三", "𠮷", "·", ".", "．", "•", " ", "\u3000", "\u200D", "a", "É", "ｚ", "７", "\uF9D1", "\uE81E", "\uE816", "-", "〇", "\U000E0101")),
            (1, Gen.Elements("?", "\uFFFD", "□", "\uD840", "\uDC00", "\u0007")))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    /// <summary>The rules one after the other over whole strings; null for a damaged name.</summary>
    private static string? SlowCanonical(string text)
    {
        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) || text.Any(unit => "?？*＊□■〓\u0007".Contains(unit))) return null;
        string[] dropped = [" ", "\u3000", "\u200D", "\U000E0101"];
        foreach (var gone in dropped) text = text.Replace(gone, "", StringComparison.Ordinal);
        (string From, string To)[] forms = [("\uF9D1", "六"), ("\uE81E", "\u9FB4"), ("\uE816", "\U00020087"), ("．", "·"), ("•", "·"), ("ｚ", "Z"), ("７", "7"), ("a", "A")];
        foreach (var (from, to) in forms) text = text.Replace(from, to, StringComparison.Ordinal);
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 1; i + 1 < runes.Length; i++)
        {
            if (runes[i].Value == '.' && IsHan(runes[i - 1]) && IsHan(runes[i + 1])) runes[i] = new Rune('·');
        }

        return string.Concat(runes);
    }

    private static bool IsHan(Rune rune) => rune.Value is 0x3007 or (>= 0x4E00 and <= 0x9FFF) or >= 0x20000;

    private static bool IsScalar(int codePoint) => codePoint is < 0xD800 or > 0xDFFF;

    private static string FromHex(string hex) => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber));

    private static void Use(string text, Span<char> buffer)
    {
        PersonName.IsCanonical(text);
        PersonName.Read(text, buffer, out _);
    }

    private static void AssertName(string written, string canonical)
    {
        Assert.Equal(Reasons.None, PersonName.Read(written, out var read, out var changed));
        Assert.Equal(canonical, read);
        Assert.Equal(written != canonical, changed);
    }
}
