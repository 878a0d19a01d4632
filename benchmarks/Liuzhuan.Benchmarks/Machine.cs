using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Benchmarks;

/// <summary>The machine that measured, in one line.</summary>
internal static class Machine
{
    public static string Describe(TimeProvider clock)
    {
        var model = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        var vectors = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC; {model}, {Environment.ProcessorCount} processors, {memory:F0} GB, vectors of {vectors} bits; "
            + $"{RuntimeInformation.FrameworkDescription}; {RuntimeInformation.OSDescription}; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.";
    }
}
