namespace Liuzhuan.Benchmarks.Data;

/// <summary>The 104 division codes that occur: the 60 counties of Jilin and 44 others, and how often each does.</summary>
internal static class Divisions
{
    /// <summary>People are dealt to counties in turns of this many.</summary>
    public const int Turn = 2000;

    private const int OthersPerTurn = 88;

    public static readonly int[] Codes =
    [
        220102, 220103, 220104, 220105, 220106, 220112, 220113, 220122, 220182, 220183, 220184, 220202, 220203, 220204, 220211,
        220221, 220281, 220282, 220283, 220284, 220302, 220303, 220322, 220323, 220382, 220402, 220403, 220421, 220422, 220502,
        220503, 220521, 220523, 220524, 220581, 220582, 220602, 220605, 220621, 220622, 220623, 220681, 220702, 220721, 220722,
        220723, 220781, 220802, 220821, 220822, 220881, 220882, 222401, 222402, 222403, 222404, 222405, 222406, 222424, 222426,
        110101, 110102, 110105, 110106, 110108, 120101, 120103, 130102, 130104, 130202, 130302, 140105, 150102, 150402, 210102,
        210103, 210104, 210202, 210203, 210302, 230102, 230103, 230104, 230202, 230602, 310101, 310104, 310115, 320102, 320106,
        330106, 330102, 340102, 350102, 360102, 370102, 370202, 370602, 410102, 420102, 430102, 440103, 440305, 500103,
    ];

    /// <summary>Number of codes in Jilin; they come first.</summary>
    public const int Jilin = 60;

    /// <summary>County index of each place in a turn.</summary>
    public static readonly byte[] OfPlace = Deal();

    /// <summary>How many of the same county stand before each place in a turn.</summary>
    public static readonly int[] RankOfPlace = Ranks();

    /// <summary>How many people of each county there are in a turn.</summary>
    public static readonly int[] PerTurn = [.. Enumerable.Range(0, Codes.Length).Select(c => OfPlace.Count(x => x == c))];

    // Large and small counties differ by a factor of about five; the others share 4.4 %.
    private static byte[] Deal()
    {
        var places = new List<byte>(Turn);
        for (var i = 0; i < OthersPerTurn; i++) places.Add((byte)(Jilin + i % (Codes.Length - Jilin)));
        var weights = Enumerable.Range(0, Jilin).Select(c => 1.0 + 4.0 * Mixing.Below(Mixing.Hash(11, 1, (ulong)c), 1000) / 1000).ToArray();
        var total = weights.Sum();
        var left = Turn - places.Count;
        for (var c = 0; c < Jilin; c++)
        {
            var share = c == Jilin - 1 ? Turn - places.Count : Math.Max(1, (int)(weights[c] / total * left));
            for (var i = 0; i < share; i++) places.Add((byte)c);
        }

        var shuffle = new Permutation(Turn, 7);
        return [.. Enumerable.Range(0, Turn).Select(i => places[(int)shuffle[i]])];
    }

    private static int[] Ranks()
    {
        var seen = new int[Codes.Length];
        return [.. OfPlace.Select(c => seen[c]++)];
    }
}
