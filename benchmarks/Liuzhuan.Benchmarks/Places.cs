namespace Liuzhuan.Benchmarks;

/// <summary>Where things lie.</summary>
internal static class Places
{
    /// <summary>Root of the repository: the folder that holds the solution.</summary>
    public static readonly string Repository = FindRepository();

    /// <summary>Generated files and built stores; never committed, reused between runs.</summary>
    public static string Data => Environment.GetEnvironmentVariable("LIUZHUAN_BENCH_DATA") ?? Path.Combine(Repository, ".data", "bench");

    public static string Population(long people) => Directory.CreateDirectory(Path.Combine(Data, people.ToString())).FullName;

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Liuzhuan.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks must lie inside the repository.");
        }

        return folder;
    }
}
