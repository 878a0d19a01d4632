using System.Text.RegularExpressions;

namespace Liuzhuan.Tests;

public partial class RepositoryTests
{
    private const int MostLines = 400;

    private static readonly string[] Places = ["src", "tests", "benchmarks", "docs", "data", "scripts", ".ci", "deploy"];
    private static readonly string[] Texts = [".cs", ".cshtml", ".md", ".yaml", ".json", ".css", ".js", ".csproj", ""];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var long_ = Files().Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".css" or ".js").Where(file => File.ReadLines(file).Count() > MostLines);
        Assert.Empty(long_);
    }

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        var naming = Files().Where(file => Texts.Contains(Path.GetExtension(file)) && !file.EndsWith("packages.lock.json", StringComparison.Ordinal))
            .Where(file => MachinePath().IsMatch(File.ReadAllText(file)));
        Assert.Empty(naming);
    }

    [Fact]
    public void No_leftover_marker_waits_for_somebody()
    {
        var leftover = Files().Where(file => Path.GetExtension(file) == ".cs" && !file.EndsWith(nameof(RepositoryTests) + ".cs", StringComparison.Ordinal))
            .Where(file => Leftover().IsMatch(File.ReadAllText(file)));
        Assert.Empty(leftover);
    }

    private static IEnumerable<string> Files() => Places.Select(place => Path.Combine(Repository.Root, place)).Where(Directory.Exists)
        .SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/samples/", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<![\w.])/(home|root|work|Users)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Leftover();
}
