using System.Runtime.CompilerServices;

namespace Liuzhuan.Matching.Tests.Values;

/// <summary>Where tests/samples lies.</summary>
internal static class Samples
{
    public static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "samples", name);
}
