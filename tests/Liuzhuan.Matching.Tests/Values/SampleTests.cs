using System.Text;

namespace Liuzhuan.Matching.Tests.Values;

/// <summary>The numbers and names of sample requests get the codes that expected.csv lists for them.</summary>
public class SampleTests
{
    private static readonly string[] Register = File.ReadAllLines(Samples.PathOf("register.csv"));

    [Theory]
    [InlineData("english.csv", "utf-8", 1, ',', 1, 2)]
    [InlineData("employer_gb18030.csv", "gb18030", 3, ',', 0, 1)]
    [InlineData("unicode_text.csv", "utf-16", 1, '\t', 0, 1)]
    public void Numbers_and_names_of_a_request_classify_as_expected(string file, string encoding, int headerLines, char separator, int nameAt, int numberAt)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var rows = File.ReadAllLines(Samples.PathOf("requests/" + file), Encoding.GetEncoding(encoding)).Skip(headerLines)
            .Select(line => line.Split(separator)).Where(cells => cells.Length > numberAt && (cells[nameAt] + cells[numberAt]).Trim().Length > 0).ToArray();
        var expected = File.ReadAllLines(Samples.PathOf("expected.csv")).Select(line => line.Split(',')).Where(cells => cells[0] == file).ToArray();
        Assert.Equal(expected.Length, rows.Length);
        Assert.True(expected.Length > 100);
        foreach (var (cells, verdict) in rows.Zip(expected)) AssertRow(cells[nameAt], cells[numberAt], verdict[2], verdict[4].Split(';'));
    }

    [Fact]
    public void Every_number_and_name_of_the_register_is_canonical()
    {
        foreach (var cells in Register.Skip(1).Select(line => line.Split(',')))
        {
            Assert.Equal(Reasons.None, CitizenNumber.TryParse(cells[0], SlowTruth.Context, out _));
            Assert.True(cells[1].Length == 0 || PersonName.IsCanonical(cells[1]), cells[1]);
        }
    }

    private static void AssertRow(string name, string number, string verdict, string[] codes)
    {
        var reasons = CitizenNumber.Read(number, SlowTruth.Context, out _, out var notes);
        reasons |= PersonName.Read(name, out _, out var changed);
        if (changed) notes |= Notes.NormalisedName;
        if (verdict == "invalid")
        {
            Assert.All(codes, code => Assert.Contains(code, reasons.Codes()));
            return;
        }

        Assert.Equal(Reasons.None, reasons);
        string[] ours = ["upgraded_15", "normalised_number", "normalised_name"];
        Assert.All(codes.Intersect(ours), code => Assert.Contains(code, notes.Codes()));
    }
}
