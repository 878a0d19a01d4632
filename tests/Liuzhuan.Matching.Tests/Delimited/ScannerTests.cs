using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>One suite over every scanner of this machine.</summary>
public sealed class ScannerTests
{
    public static TheoryData<string> Names => [.. Scanners.Available.Select(scanner => scanner.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scanner_finds_what_a_plain_loop_finds(string name)
    {
        var scanner = Scanners.Choose(name);
        Assert.Equal(name, scanner.Name);
        var random = new Random(7);
        foreach (var density in new[] { 1, 3, 20, 200 })
        {
            for (var length = 0; length < 300; length++)
            {
                var text = new byte[length];
                for (var i = 0; i < length; i++) text[i] = random.Next(density) == 0 ? ",\n\""u8[random.Next(3)] : (byte)random.Next(256);
                var positions = new int[length + IStructuralScanner.Slack];

                var count = scanner.Scan(text, 1000, new Needles((byte)',', (byte)'\n', (byte)'"'), positions);

                var expected = Enumerable.Range(0, length).Where(i => text[i] is (byte)',' or (byte)'\n' or (byte)'"')
                    .Select(i => i + 1000 | (text[i] == '\n' ? Marks.LineEnd : text[i] == '"' ? Marks.Quote : 0));
                Assert.Equal(expected, positions[..count]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_little_room_is_refused(string name)
    {
        if (name == "scalar") return;
        Assert.Throws<ArgumentException>(() => Scanners.Choose(name).Scan(new byte[100], 0, new Needles(1, 2, 3), new int[100]));
    }

    [Fact]
    public void The_scalar_twin_is_always_there()
    {
        Assert.Equal("scalar", Scanners.Choose("scalar").Name);
        Assert.Equal(Scanners.Available[0], Scanners.Choose("no such scanner"));
    }
}
