namespace Liuzhuan.Benchmarks.Data;

/// <summary>The generated files, made when they are asked for and kept for the next run.</summary>
internal static class DataFiles
{
    private const ulong Seed = 1;

    /// <summary>The register of so many people.</summary>
    public static string Register(long people) =>
        Make(Path.Combine(Places.Population(people), "register.csv"), path => RegisterFile.Write(path, new People(people, Seed)));

    /// <summary>A request of so many rows about that register.</summary>
    public static string Request(long people, long rows) =>
        Make(Path.Combine(Places.Population(people), $"request-{rows}.csv"), path => new RequestFile(new People(people, Seed), rows).Write(path));

    private static string Make(string path, Action<string> write)
    {
        if (!File.Exists(path)) write(path);
        return path;
    }
}
