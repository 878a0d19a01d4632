using System.Globalization;
using System.Text;

namespace Liuzhuan.Matching.Tests.Values;

public class FastDateTests
{
    [Fact]
    public void Every_day_from_1800_is_read_in_both_forms()
    {
        for (var day = new DateOnly(1800, 1, 1); day < new DateOnly(2101, 1, 1); day = day.AddDays(1))
        {
            Assert.Equal(day.DayNumber, DayOf(day.ToString("yyyy-MM-dd")));
            Assert.Equal(day.DayNumber, DayOf(day.ToString("yyyyMMdd")));
        }

        Assert.Equal(new DateOnly(1000, 1, 1).DayNumber, DayOf("1000-01-01"));
        Assert.Equal(DateOnly.MaxValue.DayNumber, DayOf("9999-12-31"));
    }

    [Fact]
    public void What_is_no_day_of_the_calendar_is_left_to_the_slow_reader()
    {
        var random = new Random(8);
        for (var i = 0; i < 200_000; i++)
        {
            var text = $"{random.Next(900, 2200):0000}-{random.Next(0, 15):00}-{random.Next(0, 35):00}";
            if (random.Next(4) == 0) text = text.Replace("-", "", StringComparison.Ordinal);
            if (random.Next(3) == 0) text = text.Remove(random.Next(text.Length), 1).Insert(random.Next(text.Length), ((char)random.Next(33, 127)).ToString());
            string[] forms = ["yyyy-MM-dd", "yyyyMMdd"];
            int? expected = DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1000 ? day.DayNumber : null;
            Assert.True(expected == DayOf(text), text);
        }
    }

    [Fact]
    public void A_run_of_digits_is_the_number_it_says()
    {
        var random = new Random(9);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 21)).Select(_ => (char)('0' + random.Next(10)))]);
            if (text.Length > 0 && random.Next(3) == 0) text = text.Remove(random.Next(text.Length), 1).Insert(random.Next(text.Length), ((char)random.Next(33, 127)).ToString());
            var isNumber = text.Length is > 0 and <= FastDigits.Longest && text.All(char.IsAsciiDigit);
            Assert.Equal(isNumber, FastDigits.TryRead(Encoding.ASCII.GetBytes(text), out var number));
            if (isNumber) Assert.Equal(long.Parse(text, CultureInfo.InvariantCulture), number);
            // What stands behind a cell is no part of it.
            var inText = Encoding.ASCII.GetBytes(text + random.NextInt64(10_000_000, 99_999_999));
            Assert.Equal(isNumber, FastDigits.TryReadInText(inText.AsSpan(0, text.Length), out var same));
            if (isNumber) Assert.Equal(number, same);
        }
    }

    private static int? DayOf(string text) => FastDate.TryDay(Encoding.ASCII.GetBytes(text), out var day) ? day : null;
}
