namespace Liuzhuan.Benchmarks;

/// <summary>Where things lie.</summary>
internal static class Places
{
    /// <summary>Root of the repository: the folder that holds the solution.</summary>
    public static readonly string Repository = FindRepository();

    /// <summary>Generated files and built stores; never committed, reused between runs.</summary>
    public static string Data => Environment.GetEnvironmentVariable("LIUZHUAN_BENCH_DATA") ?? Path.Combine(Repository, ".data", "bench");

    /// <summary>The program as it is installed, made by <c>scripts/build</c>: it verifies files in machine code where that can be, and hands every other command over to the whole one.</summary>
    public static string Program => Path.Combine(Repository, "artifacts", "program", "liuzhuan");

    public static string Population(long people) => Directory.CreateDirectory(Path.Combine(Data, people.ToString())).FullName;

    /// <summary>Bytes of a file or of all files in a folder.</summary>
    public static long Size(string path) => File.Exists(path)
        ? new FileInfo(path).Length
        : new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

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
