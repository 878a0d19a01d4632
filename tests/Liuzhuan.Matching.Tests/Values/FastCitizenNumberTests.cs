using System.Runtime.Intrinsics.X86;
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

    [Fact]
    public void Four_at_once_are_packed_when_each_of_them_is()
    {
        var fast = new FastCitizenNumber(SlowTruth.AsOf);
        Assert.Equal(Avx512BW.IsSupported, fast.HasFour);
        if (!fast.HasFour) return;
        var place = 0;
        Prop.ForAll(SlowTruth.NearNumbers, SlowTruth.ValidNumbers, (text, right) =>
        {
            string[] four = [right, right, right, right];
            four[place++ % 4] = text;
            var isRight = fast.TryPack(Encoding.ASCII.GetBytes(text), out _);
            Assert.Equal(isRight, TryPackFour(fast, four, out var packed));
            for (var i = 0; i < 4 && isRight; i++)
            {
                Assert.True(fast.TryPack(Encoding.ASCII.GetBytes(four[i]), out var alone));
                Assert.Equal(alone, packed[i]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Four_at_once_leave_any_other_byte_to_the_slow_reader()
    {
        var fast = new FastCitizenNumber(SlowTruth.AsOf);
        Assert.Equal(Avx512BW.IsSupported, fast.HasFour);
        if (!fast.HasFour) return;
        const string Number = "11010519491231002X";
        for (var at = 0; at < Number.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                string[] four = [Number, Number, Number, Number];
                four[value % 4] = Number[..at] + (char)value + Number[(at + 1)..];
                Assert.Equal(fast.TryPack(Encoding.Latin1.GetBytes(four[value % 4]), out var alone), TryPackFour(fast, four, out var packed));
                if (alone != 0) Assert.Equal(alone, packed[value % 4]);
            }
        }
    }

    private static unsafe bool TryPackFour(FastCitizenNumber fast, string[] four, out ulong[] packed)
    {
        packed = new ulong[4];
        fixed (byte* text = Encoding.Latin1.GetBytes(string.Concat(four)))
        {
            const int Length = FastCitizenNumber.Length;
            if (!fast.TryPackFour(text, text + Length, text + 2 * Length, text + 3 * Length, out var sixDigits, out var rest)) return false;
            for (var i = 0; i < 4; i++) packed[i] = (ulong)sixDigits[i] << 27 | rest[i];
            return true;
        }
    }
}
