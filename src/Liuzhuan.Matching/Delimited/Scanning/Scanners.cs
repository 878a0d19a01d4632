using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Chooses the scanner once per process by what the processor can do; LIUZHUAN_SCANNER (scalar, vector128, vector256, vector512) forces one.</summary>
internal static class Scanners
{
    public const string Switch = "LIUZHUAN_SCANNER";

    /// <summary>Those that run on this machine, the widest first.</summary>
    public static IReadOnlyList<IStructuralScanner> Available { get; } = List();

    public static IStructuralScanner Best { get; } = Choose(Environment.GetEnvironmentVariable(Switch));

    /// <summary>The scanner called <paramref name="name"/>, or the widest when the name is empty or does not run here.</summary>
    public static IStructuralScanner Choose(string? name) => Available.FirstOrDefault(s => s.Name == name) ?? Available[0];

    private static List<IStructuralScanner> List()
    {
        List<IStructuralScanner> all = [];
        if (Vector512.IsHardwareAccelerated) all.Add(new Vector512Scanner());
        if (Vector256.IsHardwareAccelerated) all.Add(new Vector256Scanner());
        if (Vector128.IsHardwareAccelerated) all.Add(new Vector128Scanner());
        all.Add(new ScalarScanner());
        return all;
    }
}
