using System.Text;
using Liuzhuan.Commands;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Platform.Ledger.Accesses;

namespace Liuzhuan.Tests.Commands;

public sealed class AccessesCommandTests : IAsyncLifetime
{
    private const string Number = "11010519491231002X", Earlier = "220104198001010015";

    private TestDatabase _database = null!;
    private OpenedData _opened = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync("sqlite");
        Result<OpenedData> opened = await OpenedData.OpenAsync(_database.Options, _database.Folder, new TestClock(TestClock.Morning), CancellationToken.None);
        Assert.True(opened.Ok(out var data, out _));
        _opened = data;
        var recorder = new AccessRecorder(_opened.Store, PseudonymKeys.Current(_opened.Keys), new TestClock(TestClock.Morning));
        await AppendAsync(recorder, AccessGround.Court, Number);
        await AppendAsync(recorder, AccessGround.School, Earlier);
        await AppendAsync(recorder, AccessGround.Court with { Purpose = "侦查", RevealedAt = TestClock.Morning.AddDays(30) }, Number);
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_list_is_read_by_all_numbers_of_a_person_and_the_look_itself_is_on_it()
    {
        var run = await RunAsync($"{Number.ToLowerInvariant()}\n\n{Earlier}\n", "--lang", "en", "--purpose", "at the window");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            """
            2026-03-05 09:30:00  operator of this system · accesses · at the window · 个人信息保护法第四十四条、第四十五条  (ledger entry 3)
            2026-03-05 09:30:00  示范市教育局 · residence,kinship · 入学 · 义务教育法第十二条  (ledger entry 1)
            2026-03-05 09:30:00  示范市中级人民法院 · identity · 执行 · 民事诉讼法第二百五十三条  (ledger entry 0)

            """.ReplaceLineEndings("\n"), run.Output);
        var again = await RunAsync(Number, "--limit", "1");
        Assert.Contains("应本人申请查询", again.Output, StringComparison.Ordinal);
        Assert.EndsWith("还有更早的：加 --before 4 继续。\n", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agency_of_a_machine_is_told_by_its_name_with_its_code()
    {
        const string Code = "11220000DEMX00014C";
        await AppendAsync(new AccessRecorder(_opened.Store, PseudonymKeys.Current(_opened.Keys), new TestClock(TestClock.Morning)), AccessGround.Court with { Agency = Code }, Number);
        Assert.Contains($"  {Code} · ", (await RunAsync(Number)).Output, StringComparison.Ordinal);

        Assert.True((await new ChangeDirectory(_opened.Ledger, new DirectoryShelf(_opened.Store), new TestClock(TestClock.Morning)).ApplyAsync(
            [GivenDirectory.Row("agencies", ("code", Code), ("name", "演示市公安局"), ("name_en", "Demo City Police"), ("branch", "public-security"), ("level", "city"), ("division", "220100"))],
            0, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);

        Assert.Contains($"  演示市公安局（{Code}） · ", (await RunAsync(Number)).Output, StringComparison.Ordinal);
        Assert.Contains($"  Demo City Police ({Code}) · ", (await RunAsync(Number, "--lang", "en")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_file_of_accesses_is_named_by_list_and_doctor_and_given_up_as_an_entry_of_the_ledger()
    {
        var recorder = new AccessRecorder(_opened.Store, PseudonymKeys.Current(_opened.Keys), new TestClock(TestClock.Morning), threads: 2, isAlone: true);
        var people = Enumerable.Range(0, 20_000).Select(i => (ulong)i).ToArray();
        await _opened.Ledger.AppendAsync(new NewEntry("batch", "operator/test", "{}"u8.ToArray()) { Companions = [await recorder.ForBatchAsync(AccessGround.Court, people, CancellationToken.None)] }, CancellationToken.None);
        var file = Directory.GetFiles(_database.Folder + "/liuzhuan.db-runs").Single();
        var name = Path.GetFileNameWithoutExtension(file);
        Assert.Contains("没有名为", (await CommandAsync("", ["accesses", "tidy", "--give-up", name, "--data", _database.Folder], TestClock.Morning)).Error, StringComparison.Ordinal);
        File.Delete(file);

        var list = await RunAsync(Number);
        Assert.Equal(2, list.Code);
        Assert.Contains($"--give-up {name}", list.Error, StringComparison.Ordinal);
        var doctor = await CommandAsync("", ["doctor", "--data", _database.Folder], TestClock.Morning);
        Assert.Equal(2, doctor.Code);
        Assert.Contains(file, doctor.Output, StringComparison.Ordinal);

        var given = await CommandAsync("", ["accesses", "tidy", "--give-up", name, "--data", _database.Folder, "--lang", "en"], TestClock.Morning);
        Assert.Equal((0, ""), (given.Code, given.Error));
        Assert.Contains("Gave up the accesses of ledger entry 3 (20,000 people)", given.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(Number)).Code);
        await using var connection = await _database.Store.OpenAsync(CancellationToken.None);
        var leaf = Encoding.UTF8.GetString((byte[])(await Liuzhuan.Platform.Data.Sql.ScalarAsync(connection, null, "select leaf from ledger_entries where kind = 'administration'", CancellationToken.None))!);
        Assert.Contains("\"act\":\"give-up-accesses\",\"entry\":3,\"people\":20000", leaf, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_look_is_an_entry_that_names_nobody()
    {
        await RunAsync(Number);
        await using var connection = await _database.Store.OpenAsync(CancellationToken.None);
        var leaf = Encoding.UTF8.GetString((byte[])(await Liuzhuan.Platform.Data.Sql.ScalarAsync(connection, null, "select leaf from ledger_entries where kind = 'disclosure'", CancellationToken.None))!);
        Assert.Contains("\"disclosed\":\"accesses\"", leaf, StringComparison.Ordinal);
        Assert.DoesNotContain(Number[..17], leaf, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_number_is_refused_without_being_repeated()
    {
        foreach (var input in new[] { "", "\n \n", "110105194912310021", $"{Number}\nhello", string.Concat(Enumerable.Repeat(Number + "\n", 9)) })
        {
            var run = await RunAsync(input);
            Assert.Equal(2, run.Code);
            Assert.DoesNotContain("110105", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hello", run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }

        var empty = Directory.CreateTempSubdirectory("liuzhuan-nothing-");
        Assert.Equal(2, (await RunAsync(Number, "--data", empty.FullName)).Code);
        Assert.Empty(empty.EnumerateFileSystemInfos());
        empty.Delete();
    }

    [Fact]
    public async Task Tidying_may_drop_what_is_old_and_says_so_in_the_ledger()
    {
        var kept = await CommandAsync("", ["accesses", "tidy", "--data", _database.Folder, "--keep-days", "60"], TestClock.Morning.AddDays(40));
        Assert.Equal((0, "已删除 0 次查询的记录。\n无需整理。\n"), (kept.Code, kept.Output));
        var dropped = await CommandAsync("", ["accesses", "tidy", "--data", _database.Folder, "--keep-days", "60"], TestClock.Morning.AddDays(80));
        Assert.Equal((0, "已删除 2 次查询的记录。\n无需整理。\n"), (dropped.Code, dropped.Output));
        var later = await CommandAsync(Number, ["accesses", "--data", _database.Folder, "--lang", "en"], TestClock.Morning.AddDays(80));
        Assert.Equal(2, later.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("侦查", later.Output, StringComparison.Ordinal);
        await using var connection = await _database.Store.OpenAsync(CancellationToken.None);
        Assert.Equal(2L, await Liuzhuan.Platform.Data.Sql.ScalarAsync(connection, null, "select count(*) from ledger_entries where kind = 'administration'", CancellationToken.None));
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] args) =>
        CommandAsync(input, ["accesses", .. args.Contains("--data") ? [] : new[] { "--data", _database.Folder }, .. args], TestClock.Morning);

    private static async Task<(int Code, string Output, string Error)> CommandAsync(string input, string[] args, DateTimeOffset now)
    {
        using var told = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Out = told, Error = error, OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)), OpenOutput = () => Stream.Null, Clock = new TestClock(now) };
        var code = await Task.Run(() => CommandLine.Run(args, terminal));
        return (code, told.ToString(), error.ToString());
    }

    private async Task AppendAsync(AccessRecorder recorder, AccessEvent access, string number) => Assert.NotNull(await _opened.Ledger.AppendAsync(
        new NewEntry("question", "agency/000000000000000000", "{}"u8.ToArray()) { Companions = [recorder.For(access, PersonKey.Of(CitizenNumber.Pack(number)))] }, CancellationToken.None));
}
