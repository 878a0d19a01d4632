using System.Globalization;

namespace Liuzhuan.Matching.Tests.Values;

public class CanonicalCompositionTests
{
    private static readonly string[][] Vectors =
        [.. File.ReadLines(Samples.PathOf("../data/compositions.csv")).Where(line => line[0] != '#').Skip(1).Select(line => line.Split(',').Select(Text).ToArray())];

    [Fact]
    public void Every_vector_of_another_implementation_composes_to_the_same()
    {
        Assert.True(Vectors.Length > 3000);
        Assert.All(Vectors, vector => Assert.Equal(vector[1], CanonicalComposition.Compose(vector[0])));
        Assert.All(Vectors, vector => Assert.Equal(vector[1], CanonicalComposition.Compose(vector[1])));
    }

    [Fact]
    public void A_cell_of_nothing_but_marks_is_put_in_order_without_squaring_their_number()
    {
        const int marks = 200_000;
        var composed = CanonicalComposition.Compose("x" + new string('\u0301', marks) + new string('\u0323', marks) + "a\u0301");
        Assert.Equal("x\u0323" + new string('\u0323', marks - 1) + new string('\u0301', marks) + "\u00E1", composed);
    }

    [Fact]
    public void Every_vector_reads_as_the_name_that_its_composed_form_is()
    {
        foreach (var vector in Vectors)
        {
            var failure = PersonName.Read(vector[0], out var name, out _);
            Assert.Equal(PersonName.Read(vector[1], out var composed, out _), failure);
            Assert.Equal(composed, name);
            Assert.True(name.Length == 0 || PersonName.IsCanonical(name));
        }
    }

    /// <summary>So that a name without such characters need not be looked at again.</summary>
    [Fact]
    public void Nothing_below_the_first_of_the_tables_changes() =>
        Assert.All(Vectors, vector => Assert.True(vector[0] == vector[1] || vector[0].Any(unit => unit >= CanonicalComposition.First)));

    /// <summary>The runtime cannot do it here; when it can, the tables may go.</summary>
    [Fact]
    public void A_process_without_culture_composes_nothing() => Assert.Equal("e\u0301", "e\u0301".Normalize());

    private static string Text(string characters) => string.Concat(characters.Split(' ').Select(character => char.ConvertFromUtf32(int.Parse(character, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
