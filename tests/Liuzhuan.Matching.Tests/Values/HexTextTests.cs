namespace Liuzhuan.Matching.Tests.Values;

public class HexTextTests
{
    [Fact]
    public void Digits_are_those_of_the_base_library()
    {
        var random = new Random(5);
        for (var length = 0; length < 70; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(Convert.ToHexStringLower(bytes), HexText.Lower(bytes));
        }

        Assert.Equal("000f10ff", HexText.Lower([0, 15, 16, 255]));
    }
}
