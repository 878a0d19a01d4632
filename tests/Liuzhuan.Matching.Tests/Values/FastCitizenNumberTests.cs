using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class FastCitizenNumberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packs_exactly_the_numbers_whose_date_and_check_digit_are_right(bool vector)
    {
        var fast = new FastCitizenNumber(SlowTruth.AsOf, vector);
        Prop.ForAll(SlowTruth.NearNumbers, text =>
        {
            var judged = SlowTruth.Judge(text, SlowTruth.AsOf);
            var right = judged is Reasons.None or Reasons.NumberDivision && SlowTruth.CheckDigit(text[..17]) == text[17];
            Assert.Equal(right, fast.TryPack(Encoding.ASCII.GetBytes(text), out var packed));
            if (judged == Reasons.None) Assert.Equal(CitizenNumber.Pack(text).Packed, packed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packs_every_right_number(bool vector)
    {
        var fast = new FastCitizenNumber(SlowTruth.AsOf, vector);
        Prop.ForAll(SlowTruth.ValidNumbers, text => fast.TryPack(Encoding.ASCII.GetBytes(text), out var packed) && new CitizenNumber(packed).ToString() == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Leaves_any_other_byte_and_length_to_the_slow_reader(bool vector)
    {
        var fast = new FastCitizenNumber(SlowTruth.AsOf, vector);
        var number = "11010519491231002X"u8.ToArray();
        Assert.True(fast.TryPack(number, out _));
        Assert.False(fast.TryPack(number.AsSpan(0, 17), out _));
        Assert.False(fast.TryPack([.. number, (byte)'0'], out _));
        for (var at = 0; at < number.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = number.ToArray();
                changed[at] = (byte)value;
                var expected = CitizenNumber.TryParse(changed, new KeyContext(SlowTruth.AsOf, NumberRules.Any), out var slow) == Reasons.None;
                Assert.Equal(expected, fast.TryPack(changed, out var packed));
                if (expected) Assert.Equal(slow.Packed, packed);
            }
        }
    }
}
