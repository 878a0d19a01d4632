namespace Liuzhuan.Matching.Values;

/// <summary>A number for each character of all planes with Han characters, 0 where none was set. Only where numbers are set does it take memory: most characters have none.</summary>
internal sealed class CharacterNumbers
{
    /// <summary>All planes with Han characters.</summary>
    public const int Characters = 0x40000;

    private const int InPageBits = 8, InPage = 1 << InPageBits;

    private readonly int[]?[] _pages = new int[]?[Characters >> InPageBits];

    /// <param name="character">Below <see cref="Characters"/>.</param>
    public int this[int character]
    {
        get => _pages[character >> InPageBits] is { } page ? page[character & InPage - 1] : 0;
        set => (_pages[character >> InPageBits] ??= new int[InPage])[character & InPage - 1] = value;
    }

    /// <summary>The next character with a number, <paramref name="from"/> or above; <see cref="Characters"/> when there is none.</summary>
    public int Next(int from)
    {
        for (; from < Characters; from++)
        {
            if (_pages[from >> InPageBits] is not { } page) from |= InPage - 1;
            else if (page[from & InPage - 1] != 0) break;
        }

        return from;
    }
}
