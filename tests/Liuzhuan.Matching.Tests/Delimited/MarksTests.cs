using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>What is done to eight marks at a time, against one after the other.</summary>
public class MarksTests
{
    private static readonly int[] Kinds = [0, Marks.LineEnd, Marks.Quote, Marks.LineEnd | Marks.Quote];

    [Fact]
    public void The_first_quote_is_found_wherever_it_is_and_a_line_end_before_a_quoted_cell_is_none()
    {
        var random = new Random(5);
        for (var length = 0; length < 40; length++)
        {
            for (var round = 0; round < 50; round++)
            {
                // Few quotes, so that many lists have none.
                var marks = Enumerable.Range(0, length).Select(_ => random.Next(Marks.Quote) | Kinds[random.Next(12) switch { 0 => 2, 1 => 3, var other => other % 2 }]).ToArray();
                var first = Array.FindIndex(marks, mark => (mark & ~Marks.Places) == Marks.Quote);
                Assert.Equal(first < 0 ? length : first, Marks.FirstQuote(marks));
                var places = marks.Select(Marks.Place).ToArray();
                Marks.Strip(marks);
                Assert.Equal(places, marks);
            }
        }
    }
}
