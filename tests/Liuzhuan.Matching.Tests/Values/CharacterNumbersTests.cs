namespace Liuzhuan.Matching.Tests.Values;

public class CharacterNumbersTests
{
    [Fact]
    public void Numbers_are_kept_for_some_characters_and_found_in_order()
    {
        var random = new Random(20261124);
        var numbers = new CharacterNumbers();
        var expected = new SortedDictionary<int, int> { [0] = 1, [255] = 2, [256] = 3, [CharacterNumbers.Characters - 1] = 4 };
        for (var i = 0; i < 300; i++) expected[random.Next(2) == 0 ? random.Next(0x4E00, 0x5000) : random.Next(CharacterNumbers.Characters)] = random.Next(1, int.MaxValue);
        foreach (var (character, number) in expected) numbers[character] = number;

        var found = new List<int>();
        for (var at = numbers.Next(0); at < CharacterNumbers.Characters; at = numbers.Next(at + 1)) found.Add(at);

        Assert.Equal(expected.Keys, found);
        for (var character = 0; character < CharacterNumbers.Characters; character++) Assert.Equal(expected.GetValueOrDefault(character), numbers[character]);
    }

    [Fact]
    public void Without_numbers_there_is_no_next() => Assert.Equal(CharacterNumbers.Characters, new CharacterNumbers().Next(0));
}
