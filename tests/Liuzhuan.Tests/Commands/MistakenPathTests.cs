using Liuzhuan.Commands;
using Liuzhuan.Platform.Files;

namespace Liuzhuan.Tests.Commands;

/// <summary>What somebody names by mistake is refused with a sentence that says what it is, and nothing is written.</summary>
public sealed class MistakenPathTests(Samples samples) : IClassFixture<Samples>
{
    private readonly string _folder = samples.Folder();

    [Fact]
    public async Task No_result_report_or_list_is_written_over_the_register_its_changes_or_each_other()
    {
        var (register, input) = (At("people.csv"), At("input.csv"));
        File.Copy(samples.RegisterPath, register);
        File.Copy(Samples.File("requests/english.csv"), input);
        File.CreateSymbolicLink(At("link.csv"), register);
        File.CreateSymbolicLink(At("there"), _folder);
        var before = await File.ReadAllBytesAsync(register);
        string[][] mistakes =
        [
            ["--output", register], ["--output", At("link.csv")], ["--output", At("a.csv"), "--report", register], ["--output", At("a.csv"), "--report", At("link.csv")],
            ["--output", At("a.csv"), "--report", register + ".overlay"], ["--output", At("a.csv"), "--only", "problems", register], ["--output", At("a.csv"), "--only", "problems", At("there/people.csv")],
            ["--output", At("a.csv"), "--report", At("a.csv")], ["--output", At("a.csv"), "--only", "problems", At("there/a.csv")], ["--output", At("a.csv"), "--report", input],
            ["--output", At("a.csv"), "--only", "problems", At("there/input.csv")], ["--output", "-", "--report", At("r.csv"), "--only", "problems", At("there/r.csv")],
        ];
        foreach (var mistake in mistakes)
        {
            var run = await RunAsync(["verify", input, "--register", register, .. mistake]);
            Assert.True(run.Code == 2 && (run.Error.Contains("登记库文件", StringComparison.Ordinal) || run.Error.Contains("输入文件", StringComparison.Ordinal) || run.Error.Contains("同一个文件", StringComparison.Ordinal)), string.Join(' ', mistake) + run.Error);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(register));
        Assert.Equal(["input.csv", "link.csv", "people.csv"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_that_no_file_can_have_is_refused_as_a_result_and_not_as_a_fault()
    {
        var input = At("input.csv");
        File.Copy(Samples.File("requests/english.csv"), input);

        var run = await RunAsync(["verify", input, "--register", samples.RegisterPath, "--output", At(new string('很', 90) + ".csv")]);

        Assert.Equal((2, true), (run.Code, run.Error.Contains("结果无法写入", StringComparison.Ordinal)));
        Assert.Equal(["input.csv"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_names_that_are_not_there_yet_are_one_file_where_their_directories_are()
    {
        Directory.CreateDirectory(At("one"));
        Directory.CreateDirectory(At("two"));
        File.CreateSymbolicLink(At("link"), At("one"));
        Assert.True(FileIdentity.Same(At("one/a.csv"), At("link/a.csv")));
        Assert.False(FileIdentity.Same(At("one/a.csv"), At("two/a.csv")));
        Assert.False(FileIdentity.Same(At("one/a.csv"), At("link/b.csv")));
    }

    [Fact]
    public void A_file_is_the_same_by_whatever_links_and_another_where_its_name_differs_in_case()
    {
        foreach (var name in new[] { "a.csv", "B.csv", "b.csv" }) File.WriteAllText(At(name), "");
        File.CreateSymbolicLink(At("first"), At("second"));
        File.CreateSymbolicLink(At("second"), At("a.csv"));
        File.CreateSymbolicLink(At("astray"), At("nobody.csv"));
        Assert.True(FileIdentity.Same(At("first"), At("a.csv")));
        Assert.Equal(At("a.csv"), FileIdentity.Real(At("first")));
        // What a link leads to need not be there yet.
        Assert.True(FileIdentity.Same(At("astray"), At("nobody.csv")));
        Assert.Equal(At("nobody.csv"), FileIdentity.Real(At("astray")));
        Assert.False(FileIdentity.Same(At("astray"), At("a.csv")));
        Assert.Equal(!OperatingSystem.IsLinux(), FileIdentity.Same(At("B.csv"), At("b.csv")));
        Assert.True(FileIdentity.Same(At("A.csv"), At("a.csv")));
    }

    [Theory, InlineData("zh", "是一个目录"), InlineData("en", "is a directory")]
    public async Task A_directory_is_said_to_be_one(string language, string words)
    {
        Directory.CreateDirectory(At("d.csv"));
        string[][] lines =
        [
            ["verify", At("d.csv"), "--register", samples.RegisterPath, "--output", At("a.csv")],
            ["verify", _folder, "--register", samples.RegisterPath, "--output", At("a.csv")],
            ["verify", Samples.File("requests/english.csv"), "--register", _folder, "--output", At("a.csv")],
            ["register", "build", "--input", At("d.csv"), "--output", At("a.lzr")],
            ["register", "apply", samples.RegisterPath, "--changes", At("d.csv")],
            ["register", "check", _folder],
            ["restore", _folder],
        ];
        foreach (var line in lines)
        {
            var run = await RunAsync([.. line, "--lang", language]);
            Assert.Equal(2, run.Code);
            Assert.Contains(words, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(".xlsx"), InlineData(".xls")]
    public async Task Neither_text_nor_a_workbook_is_called_text(string extension)
    {
        var (random, text) = (At("random" + extension), At("text" + extension));
        var bytes = new byte[50_000];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(random, bytes);
        // 王伟 in GB18030.
        File.WriteAllBytes(text, [.. "name,id\n"u8, 0xCD, 0xF5, 0xCE, 0xB0, .. ",11010519491231002X\n"u8]);
        var refused = await RunAsync(["verify", random, "--register", samples.RegisterPath, "--output", At("a.xlsx")]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("可能已损坏", refused.Error, StringComparison.Ordinal);
        Assert.Contains("这其实是文本文件", (await RunAsync(["verify", text, "--register", samples.RegisterPath, "--output", At("a.xlsx")])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "a.csv", "--lang", "fr")]
    [InlineData("--lang", "fr", "register", "info", "a.lzr")]
    [InlineData("register", "info", "a.lzr", "--lang=fr")]
    [InlineData("doctor", "--lang:english")]
    [InlineData("--help", "--lang", "")]
    public async Task A_language_that_is_not_spoken_is_wrong_usage(params string[] line)
    {
        var run = await RunAsync(line);
        Assert.Equal(2, run.Code);
        Assert.Contains("zh 或 en", run.Error, StringComparison.Ordinal);
        Assert.Contains("zh or en", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("en"), InlineData("EN"), InlineData("en_GB.UTF-8"), InlineData("en-US")]
    public async Task A_language_may_stand_with_its_country(string language) =>
        Assert.Contains("Usage", (await RunAsync(["--help", "--lang", language])).Output, StringComparison.Ordinal);

    [Theory, InlineData("fr", 2), InlineData("", 0), InlineData("zh_CN.UTF-8", 0)]
    public async Task The_variable_is_held_to_the_same(string language, int code)
    {
        using var child = Child.StartWith([("LIUZHUAN_LANG", language)], "--help");
        var run = await child.EndAsync();
        Assert.Equal(code, run.Code);
        Assert.Equal(code == 2, run.Error.Contains("LIUZHUAN_LANG", StringComparison.Ordinal) && run.Error.Contains("zh or en", StringComparison.Ordinal));
    }

    [Theory, InlineData("zh", "已损坏"), InlineData("en", "is damaged from byte")]
    public async Task A_check_names_damaged_changes(string language, string words)
    {
        var register = At("people.lzr");
        File.Copy(samples.RegisterPath, register);
        var line = File.ReadLines(Samples.File("register.csv")).ElementAt(1);
        File.WriteAllText(At("changes.csv"), $"change,id_number\ncancel,{line.Split(',')[0]}\n");
        Assert.Equal(0, (await RunAsync(["register", "apply", register, "--changes", At("changes.csv")])).Code);
        Assert.Equal(0, (await RunAsync(["register", "check", register])).Code);
        var overlay = await File.ReadAllBytesAsync(register + ".overlay");
        overlay[^5] ^= 1;
        await File.WriteAllBytesAsync(register + ".overlay", overlay);
        var run = await RunAsync(["register", "check", register, "--lang", language]);
        Assert.Equal(2, run.Code);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains(register + ".overlay", run.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("zh", "不止一次"), InlineData("en", "2 times")]
    public async Task A_column_that_stands_twice_is_not_called_missing(string language, string words)
    {
        File.WriteAllText(At("twice.csv"), "id_number,name,name\n11010519491231002X,王伟,王伟\n");
        var run = await RunAsync(["register", "build", "--input", At("twice.csv"), "--output", At("a.lzr"), "--lang", language]);
        Assert.Equal(2, run.Code);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<Ended> RunAsync(string[] args)
    {
        using var told = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = told, Error = error, OpenInput = () => new MemoryStream(), OpenOutput = () => new MemoryStream(), Clock = new TestClock(TestClock.Morning) };
        var code = await Task.Run(() => CommandLine.Run(args, terminal));
        return new Ended(code, told.ToString(), error.ToString());
    }

    private sealed record Ended(int Code, string Output, string Error);
}
