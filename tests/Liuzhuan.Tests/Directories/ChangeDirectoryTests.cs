using System.Text;
using System.Text.Json;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Platform.Ledger;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories;

public class ChangeDirectoryTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_is_in_the_ledger_and_every_older_version_stays_readable(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var (shelf, change) = Open(ground);
        await ApplyAsync(change, Rows);
        var first = ground.Clock.Now;
        ground.Clock.Advance(TimeSpan.FromDays(1));
        await ApplyAsync(change, Row("officers", ("id", "J4001"), ("office", CountyOffice), ("telephone", "0431-1")));

        var book = await shelf.LoadAsync(default);
        Assert.Equal((2L, CountyOffice), (book.Version, book.Officers["J4001"].Office));
        var before = await shelf.LoadAsOfAsync(first, default);
        Assert.Equal((1L, Station), (before.Version, before.Officers["J4001"].Office));
        Assert.Equal(0, (await shelf.LoadAsOfAsync(first.AddDays(-1), default)).Version);
        var history = await shelf.HistoryAsync(EntryKind.Officer, "J4001", default);
        Assert.Equal([(2L, CountyOffice), (1L, Station)], history.Select(one => (one.Change, one.Entry["office"])));
        Assert.Equal(("operator/test", "测试"), (history[0].By, history[0].Reason));

        var entries = await ground.ReadSoundAsync();
        var leaf = Encoding.UTF8.GetString(entries[^1].Leaf);
        var detail = JsonDocument.Parse(leaf).RootElement.GetProperty("detail");
        Assert.Equal(("administration", 2, "officers/J4001"), (entries[^1].Kind, detail.GetProperty("change").GetInt32(), detail.GetProperty("entries")[0].GetString()));
        // Neither who somebody is nor how to ring them goes into a log that keeps everything for ever.
        Assert.DoesNotContain("戊", leaf, StringComparison.Ordinal);
        Assert.DoesNotContain("0431", leaf, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_preview_holds_for_one_version_only(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var (_, change) = Open(ground);
        await ApplyAsync(change, Rows);
        GivenRow[] mine = [Officer("J5001", "庚", Station)];
        var preview = await change.PreviewAsync(mine, default);
        await ApplyAsync(change, Officer("J5002", "辛", Station));
        Assert.False((await change.ApplyAsync(mine, preview.Version, "operator/test", "测试", default)).Ok(out _, out var stale));
        Assert.Equal("directory.stale", stale.Code);
        await ApplyAsync(change, mine);
        Assert.False((await change.ApplyAsync(mine, 3, "operator/test", "测试", default)).Ok(out _, out var nothing));
        Assert.Equal("directory.nothing", nothing.Code);
        Assert.False((await change.ApplyAsync(mine, 3, "operator/test", " ", default)).Ok(out _, out var why));
        Assert.Equal("directory.reason", why.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_bad_row_holds_back_all_of_them(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var (shelf, change) = Open(ground);
        Assert.False((await change.ApplyAsync([.. Rows, Officer("J5001", "庚", "220104990999")], 0, "operator/test", "测试", default)).Ok(out _, out var refusal));
        Assert.Equal("directory.refused", refusal.Code);
        Assert.Equal(0, (await shelf.LoadAsync(default)).Version);
        Assert.Empty(await ground.ReadSoundAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_who_change_the_same_version_at_once_one_succeeds(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var (_, change) = Open(ground);
        await ApplyAsync(change, Rows);
        var others = Enumerable.Range(0, 6).Select(i => new ChangeDirectory(ground.OpenAnother(), new DirectoryShelf(ground.Store), ground.Clock)).ToList();
        var outcomes = await Task.WhenAll(others.Select((one, i) => one.ApplyAsync([Officer($"J60{i:00}", "庚", Station)], 1, "operator/test", "测试", default)));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Ok(out _, out _)));
        var book = await new DirectoryShelf(ground.Store).LoadAsync(default);
        Assert.Equal((2L, 6), (book.Version, book.Officers.Count));
        Assert.Equal(2, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_province_full_of_officers_goes_in_at_once(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var (shelf, change) = Open(ground);
        await ApplyAsync(change, [.. Rows, .. Enumerable.Range(0, 5_000).Select(i => Officer($"K{i:00000}", "庚", Station))]);
        Assert.Equal(5_005, (await shelf.LoadAsync(default)).Officers.Count);
    }

    [Fact]
    public void An_officer_is_active_in_an_office_and_an_agency_in_force()
    {
        var member = StaffRegister.Find(Book, "J4001", Today);
        Assert.Equal(new StaffMember("J4001", "戊", new Post(Station, "示范路派出所", County, "分局", "220104", OfficeLevel.Station), true), member);
        Assert.False(StaffRegister.Find(Book, "J4001", new DateOnly(2019, 12, 31))!.IsActive);
        var ended = Grown(Book, Row("offices", ("code", Station), ("valid_to", "2026-03-01")), Row("officers", ("id", "J4001"), ("valid_to", "2026-03-01")));
        Assert.False(StaffRegister.Find(ended, "J4001", Today)!.IsActive);
        Assert.Null(StaffRegister.Find(Book, "J9999", Today));
    }

    private static (DirectoryShelf, ChangeDirectory) Open(LedgerGround ground)
    {
        var shelf = new DirectoryShelf(ground.Store);
        return (shelf, new ChangeDirectory(ground.Ledger, shelf, ground.Clock));
    }

    private static async Task ApplyAsync(ChangeDirectory change, params GivenRow[] rows)
    {
        var preview = await change.PreviewAsync(rows, default);
        Assert.True((await change.ApplyAsync(rows, preview.Version, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
    }
}
