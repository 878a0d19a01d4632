using System.Text;
using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

public sealed class CommandLineTests(Samples samples) : IClassFixture<Samples>
{
    private readonly string _folder = samples.Folder();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("verify")]
    [InlineData("verify a.csv")]
    [InlineData("verify a.csv --register nowhere.lzr --output b.csv --bogus")]
    [InlineData("verify a.csv --register nowhere.lzr --output b.csv --threads many")]
    [InlineData("register")]
    [InlineData("register build --input a.csv")]
    [InlineData("demo-data")]
    public async Task Wrong_usage_is_for_the_caller_to_mend(string line)
    {
        var run = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.Code);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify a.csv --register r.lzr --output o.csv --only p.csv", "应写成 --only problems FILE。", "write --only problems FILE.")]
    [InlineData("verify a.csv --register r.lzr --output o.csv --threads many", "应写成 --threads N。", "write --threads N.")]
    public async Task A_wrong_value_is_answered_with_how_to_write_it(string line, string chinese, string english)
    {
        Assert.Contains(chinese, (await RunAsync(line.Split(' '))).Error, StringComparison.Ordinal);
        Assert.Contains(english, (await RunAsync([.. line.Split(' '), "--lang", "en"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_has_the_names_that_the_library_gives_it()
    {
        var (library, ours) = (new System.CommandLine.Help.HelpOption(), HelpText.MakeOption(new Session(Terminal.OfProcess(), "zh")));
        Assert.Equal(library.Name, ours.Name);
        Assert.Equal(library.Aliases.Order(StringComparer.Ordinal), ours.Aliases.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_refusal_is_exit_code_2_with_one_sentence()
    {
        var sample = Samples.File("requests/english.csv");
        string[][] lines =
        [
            ["verify", "nowhere.csv", "--register", samples.RegisterPath, "--output", Out("a.csv")],
            ["verify", sample, "--register", "nowhere.lzr", "--output", Out("a.csv")],
            ["verify", sample, "--register", sample, "--output", Out("a.csv")],
            ["verify", sample, "--register", samples.RegisterPath],
            ["verify", sample, "--register", samples.RegisterPath, "--output", Out("a.xlsx")],
            ["verify", sample, "--register", samples.RegisterPath, "--output", Out("a.csv"), "--column", "name"],
            ["verify", sample, "--register", samples.RegisterPath, "--output", Out("a.csv"), "--column", "surname=A"],
            ["verify", sample, "--register", samples.RegisterPath, "--output", Out("a.csv"), "--encoding", "ebcdic"],
            ["verify", sample, "--register", samples.RegisterPath, "--output", Out("a.csv"), "--only", "problems", Out("p.txt")],
            ["register", "build", "--input", "nowhere.csv", "--output", Out("a.lzr")],
            ["register", "build", "--input", sample, "--output", Out("a.lzr")],
            ["register", "build", "--schema", "people", "--input", sample, "--output", Out("a.lzr")],
            ["register", "build", "--input", Samples.File("register.csv"), "--output", Out("a.lzr"), "--as-of", "yesterday"],
            ["register", "info", "nowhere.lzr"],
            ["register", "check", sample],
            ["register", "apply", samples.RegisterPath, "--changes", "nowhere.csv"],
            ["demo-data", "--people", "0", "--out", _folder],
        ];
        foreach (var line in lines)
        {
            var run = await RunAsync(line);
            Assert.True(run.Code == 2, string.Join(' ', line));
            Assert.StartsWith("错误：", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }

        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_verified_file_is_exit_code_0_whatever_the_verdicts()
    {
        var run = await RunAsync("verify", Samples.File("requests/english.csv"), "--register", samples.RegisterPath, "--output", Out("a.csv"));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("库中无此号", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Out("a.csv")));
    }

    [Fact]
    public async Task A_quiet_run_says_nothing()
    {
        var run = await RunAsync("verify", Samples.File("requests/english.csv"), "--register", samples.RegisterPath, "--output", Out("a.csv"), "--quiet");
        Assert.Equal((0, "", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Standard_input_goes_to_standard_output()
    {
        var run = await RunAsync(["verify", "-", "--register", samples.RegisterPath, "--output", "-", "--quiet", "--lang", "en"], "name,id\n高静伟,210102197702083533\n");
        Assert.Equal(0, run.Code);
        Assert.Equal("name,id,Verdict,Verdict code,Differing fields,Note codes,Explanation\n高静伟,210102197702083533,Consistent,consistent,,,Agrees with the register.\n", run.Bytes);
    }

    [Fact]
    public async Task A_dry_run_shows_what_was_recognised()
    {
        var run = await RunAsync("verify", Samples.File("requests/employer_gb18030.csv"), "--register", samples.RegisterPath, "--dry-run", "--lang", "en");
        Assert.Equal(0, run.Code);
        Assert.Contains("gb18030", run.Output, StringComparison.Ordinal);
        Assert.Contains("公民身份号码", run.Output, StringComparison.Ordinal);
        Assert.Contains("id_number", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_register_is_warned_of()
    {
        var run = await RunAsync(["verify", Samples.File("requests/english.csv"), "--register", samples.RegisterPath, "--output", Out("a.csv"), "--quiet"], clock: new TestClock(TestClock.Morning.AddDays(60)));
        Assert.Equal(0, run.Code);
        Assert.Contains("30 天", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "用法")]
    [InlineData("en", "Usage")]
    public async Task Help_speaks_the_language_of_the_session(string language, string word)
    {
        foreach (var command in new[] { "verify", "register", "demo-data", "demo", "serve", "migrate", "backup", "restore", "move", "doctor" })
        {
            var run = await RunAsync(command, "--help", "--lang", language);
            Assert.Equal(0, run.Code);
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_register_is_built_checked_and_described()
    {
        var register = Out("people.lzr");
        Assert.Equal(0, (await RunAsync("register", "build", "--input", Samples.File("register.csv"), "--output", register, "--as-of", "2026-11-01")).Code);
        Assert.Equal(0, (await RunAsync("register", "check", register)).Code);
        var info = await RunAsync("register", "info", register, "--json");
        using var json = System.Text.Json.JsonDocument.Parse(info.Output);
        Assert.Equal("person", json.RootElement.GetProperty("schemaId").GetString());
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), json.RootElement.GetProperty("asOf").GetDateTimeOffset());
    }

    [Fact]
    public async Task Demonstration_data_depends_on_the_seed_alone_and_its_changes_apply()
    {
        var (one, two, register) = (Path.Combine(_folder, "one"), Path.Combine(_folder, "two"), Out("demo.lzr"));
        foreach (var folder in new[] { one, two }) Assert.Equal(0, (await RunAsync("demo-data", "--people", "20000", "--seed", "7", "--out", folder)).Code);
        foreach (var file in Directory.EnumerateFiles(one, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(two, Path.GetRelativePath(one, file))));
        }

        Assert.Equal(0, (await RunAsync("register", "build", "--input", Path.Combine(one, "people.csv"), "--output", register)).Code);
        Assert.False(File.Exists(register + ".rejects.csv") && File.ReadLines(register + ".rejects.csv").Skip(1).Any());
        var applied = await RunAsync("register", "apply", register, "--changes", Path.Combine(one, "changes.csv"));
        Assert.Equal((0, ""), (applied.Code, applied.Error));
        Assert.Equal(0, (await RunAsync("register", "merge", register)).Code);
    }

    private string Out(string name) => Path.Combine(_folder, name);

    private static Task<Ended> RunAsync(params string[] args) => RunAsync(args, "");

    private static async Task<Ended> RunAsync(string[] args, string input = "", TimeProvider? clock = null)
    {
        using var output = new MemoryStream();
        using var told = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = told,
            Error = error,
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            OpenOutput = () => output,
            Clock = clock ?? new TestClock(TestClock.Morning),
        };
        var code = await Task.Run(() => CommandLine.Run(args, terminal));
        return new Ended(code, told.ToString(), error.ToString(), Encoding.UTF8.GetString(output.ToArray()));
    }

    private sealed record Ended(int Code, string Output, string Error, string Bytes);
}
