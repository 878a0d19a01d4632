using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Commands;

/// <summary>What verifies files, compiled to machine code, gives the very answers of the whole program: files, sentences, exit codes, the entry in the ledger.</summary>
[Collection(ProcessGround.Name)]
public sealed partial class VerifyProgramTests(ProcessGround ground, Samples samples) : IClassFixture<Samples>
{
    public static TheoryData<string> Requests => [.. new DirectoryInfo(Samples.File("requests")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Requests))]
    public async Task Every_form_of_file_gets_the_same_answer(string name)
    {
        var request = Samples.File($"requests/{name}");
        var result = "$/result." + (name.EndsWith("csv", StringComparison.Ordinal) ? "csv" : "xlsx");
        await AssertSameAsync([request, "--register", samples.RegisterPath, "--output", result, "--report", "$/report.json", "--only", "problems", "$/problems.csv"]);
        await AssertSameAsync([request, "--register", samples.RegisterPath, "--output", result, "--layout", "codes", "--lang", "en"]);
        await AssertSameAsync([request, "--register", samples.RegisterPath, "--dry-run"]);
    }

    [Theory]
    [InlineData("english.csv --output $/out.csv --register /no/such/file")]
    [InlineData("no-such.csv --output $/out.csv --register people.lzr")]
    [InlineData("english.csv --output $/out.csv --register english.csv")]
    [InlineData("english.csv --output /proc/self/out.csv --register people.lzr")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --ledger /proc/self/ledger")]
    [InlineData("english.csv --register people.lzr")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --encoding ebcdic")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --delimiter tab")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --column name=Z")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --schema person.yaml")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --schema english.csv")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --layout wide")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --max-age-days 0")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --threads 1")]
    [InlineData("english.csv --output english.csv --register people.lzr")]
    [InlineData("english.csv --output - --register people.lzr")]
    [InlineData("- --output - --register people.lzr")]
    [InlineData("- --output $/out.csv --register people.lzr --quiet")]
    [InlineData("/dev/null --output $/out.csv --register people.lzr")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --lang fr")]
    [InlineData("english.csv --output $/out.csv --register people.lzr --registr people.lzr")]
    [InlineData("--help")]
    public async Task Every_ending_is_the_same(string line)
    {
        var args = line.Split(' ').Select(word => word == "people.lzr" ? samples.RegisterPath : word == "english.csv" ? Samples.File("requests/english.csv") : word == "person.yaml" ? Path.Combine(Repository.Root, "data", "schemas", word) : word);
        await AssertSameAsync([.. args]);
    }

    [Theory]
    [InlineData("Data__Provder", "sqlite")]
    [InlineData("Data__Provider", "oracle")]
    [InlineData("Serve__Prot", "80")]
    [InlineData("Ledger__Origin", "two words")]
    [InlineData("Ledger__Origin", "ledger.example")]
    [InlineData("LIUZHUAN_LANG", "en")]
    [InlineData("LIUZHUAN_LANG", "xx")]
    public async Task Every_setting_means_the_same(string name, string value) =>
        await AssertSameAsync([Samples.File("requests/school.xlsx"), "--register", samples.RegisterPath, "--output", "$/out.xlsx"], (name, value));

    [Theory, MemberData(nameof(Databases))]
    public async Task The_ledger_of_either_holds_what_the_other_would_have_written(string database)
    {
        await using var data = await TestDatabase.CreateAsync(database);
        (string, string)[] variables = [("Data__Provider", data.Options.Provider), ("Data__Connection", data.Options.Connection)];
        foreach (var program in new[] { Child.Whole, Child.Native })
        {
            using var child = Child.StartWith(
                variables, program, "verify", ground.Request, "--register", ground.Register, "--output", Path.Combine(data.Folder, program + ".csv"), "--quiet", "--ledger", data.Folder, "--purpose", "核对", "--provision", "第一条");
            var ended = await child.EndAsync();
            Assert.Equal((0, "", ""), (ended.Code, ended.Output, ended.Error));
        }

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(data.Folder, Child.Whole + ".csv")), await File.ReadAllBytesAsync(Path.Combine(data.Folder, Child.Native + ".csv")));
        using var check = Child.StartWith(variables, "ledger", "check", "--data", data.Folder);
        var told = await check.EndAsync();
        Assert.True(told.Code == 0, told.Error);
        await using var connection = await data.Store.OpenAsync(CancellationToken.None);
        var rows = await connection.ListAsync(null, "select e.people, c.purpose, c.provision from access_events e join access_contexts c on c.id = e.context_id", row => (row.GetInt64(0), row.GetString(1), row.GetString(2)), CancellationToken.None);
        Assert.Equal(2, rows.Count);
        Assert.Single(rows.Distinct());
    }

    [Fact]
    public async Task Every_other_command_is_handed_over()
    {
        var (whole, native) = (await Child.RunAsync(Child.Whole, "register", "info", samples.RegisterPath), await Child.RunAsync(Child.Native, "register", "info", samples.RegisterPath));
        Assert.Equal(0, native.Code);
        Assert.Equal(whole, native);
        Assert.Equal(await Child.RunAsync(Child.Whole), await Child.RunAsync(Child.Native));
    }

    // $ stands for a folder of its own.
    private async Task AssertSameAsync(string[] args, params (string, string)[] variables)
    {
        var (whole, native) = (await RunAsync(Child.Whole, args, variables), await RunAsync(Child.Native, args, variables));
        Assert.Equal(whole.Said, native.Said);
        Assert.Equal(whole.Files.Keys, native.Files.Keys);
        foreach (var (name, content) in whole.Files) Assert.Equal((name, content), (name, native.Files[name]));
    }

    private async Task<(string Said, SortedDictionary<string, string> Files)> RunAsync(string program, string[] args, (string, string)[] variables)
    {
        var folder = ground.Folder();
        string[] line = [program, "verify", .. args.Select(arg => arg.Replace("$", folder, StringComparison.Ordinal))];
        if (!line.Contains("--ledger") && !line.Contains("--dry-run") && !line.Contains("--help")) line = [.. line, "--ledger", Path.Combine(folder, "ledger")];
        using var child = Child.StartWith(variables, line);
        var ended = await FeedAsync(child, args);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).GetFiles())
        {
            if (file.Extension != ".xlsx")
            {
                var content = await File.ReadAllTextAsync(file.FullName, Encoding.Latin1);
                // Where in its own ledger it was logged, and how long it took, differs, and in a workbook when it was made.
                files[file.Name] = file.Extension == ".json" ? Own().Replace(content, "") : content;
                continue;
            }

            await using var book = await ZipFile.OpenReadAsync(file.FullName);
            foreach (var entry in book.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync());
                files[$"{file.Name}/{entry.FullName}"] = await reader.ReadToEndAsync();
            }
        }

        return ($"{ended.Code}\n{Plain(ended.Output, folder)}\n{Plain(ended.Error, folder)}", files);
    }

    private static async Task<Child.Ended> FeedAsync(Child child, string[] args)
    {
        try
        {
            if (args[0] == "-") await child.Input.WriteAsync(await File.ReadAllBytesAsync(Samples.File("requests/english.csv")));
            child.Input.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        return await child.EndAsync();
    }

    private static string Plain(string said, string folder) => Varying().Replace(said.Replace(folder, "$", StringComparison.Ordinal), " ");

    [GeneratedRegex(@"\s*[\d.,]+ ?(秒|毫秒|行/秒|rows/s|ms|s)|每秒 [\d,]+|[0-9a-f]{16}|\s+")]
    private static partial Regex Varying();

    [GeneratedRegex(@"""seconds"":[^,]*,|""ledger"":\s*\{[^}]*\},|""output"":\s*\{[^}]*\},")]
    private static partial Regex Own();
}
