using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Tests.Platform.Ledger;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories;

public class OfficerContactsTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Notices_to_an_office_reach_its_liaison_the_stand_in_or_the_office_above_and_mobiles_only(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        using var outbox = new Outbox(NoticeSeal.Of(ground.Store.Folder), new NoticeOptions(), ground.Clock);
        var shelf = new DirectoryShelf(ground.Store);
        await ApplyAsync(ground, shelf, Rows);
        await ApplyAsync(ground, shelf, Row("officers", ("id", "J2002"), ("name", "丙"), ("office", CityOffice), ("telephone", "13800000001")), Row("officers", ("id", "J3001"), ("name", "丁"), ("office", CountyOffice), ("telephone", "0431-88880001")));
        var contacts = new OfficerContacts(shelf, new LiaisonLookup(shelf), new ManageRoles(ground.Store, ground.Ledger.AppendAsync, new OfficerNotices(outbox, ground.Clock), ground.Clock), ground.Clock);

        Assert.Equal(["officer/J2001"], await contacts.HoldersAsync(Roles.Liaison, CityOffice, default));
        Assert.Equal(["officer/J3001"], await contacts.HoldersAsync(Roles.Liaison, Station, default));
        Assert.Empty(await contacts.HoldersAsync(Roles.Liaison, "000000000000", default));
        await ApplyAsync(ground, shelf, Leave("J2001", "2026-03-01", "2026-03-31"));
        Assert.Equal(["officer/J2002"], await contacts.HoldersAsync(Roles.Liaison, CityOffice, default));

        Assert.Equal("13800000001", (await contacts.FindAsync("officer/J2002", default))!.Phone);
        Assert.Null((await contacts.FindAsync("officer/J3001", default))!.Phone);
        Assert.Null(await contacts.FindAsync("officer/J9999", default));
        Assert.Null(await contacts.FindAsync("citizen/1", default));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Other_roles_are_those_of_the_office_that_hold_them_now(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        using var outbox = new Outbox(NoticeSeal.Of(ground.Store.Folder), new NoticeOptions(), ground.Clock);
        var shelf = new DirectoryShelf(ground.Store);
        await ApplyAsync(ground, shelf, Rows);
        var roles = new ManageRoles(ground.Store, ground.Ledger.AppendAsync, new OfficerNotices(outbox, ground.Clock), ground.Clock);
        var contacts = new OfficerContacts(shelf, new LiaisonLookup(shelf), roles, ground.Clock);
        foreach (var officer in (string[])["J2001", "J2002", "J3001"]) Assert.True((await roles.GrantAsync("operator/test", officer, Roles.Supervisor, "测试", "测试规定第一条", default)).Ok(out _, out var refused), refused?.English);
        Assert.True((await roles.RevokeAsync("operator/test", "J2002", Roles.Supervisor, "测试", default)).Ok(out _, out _));

        Assert.Equal(["officer/J2001"], await contacts.HoldersAsync(Roles.Supervisor, CityOffice, default));
        // The station has none of its own: the county's is nearer than the city's.
        Assert.Equal(["officer/J3001"], await contacts.HoldersAsync(Roles.Supervisor, Station, default));
        Assert.True((await roles.RevokeAsync("operator/test", "J3001", Roles.Supervisor, "测试", default)).Ok(out _, out _));
        Assert.Equal(["officer/J2001"], await contacts.HoldersAsync(Roles.Supervisor, Station, default));
        Assert.Empty(await contacts.HoldersAsync(Roles.Auditor, Station, default));
    }

    private static async Task ApplyAsync(LedgerGround ground, DirectoryShelf shelf, params GivenRow[] rows)
    {
        var change = new ChangeDirectory(ground.Ledger, shelf, ground.Clock);
        var preview = await change.PreviewAsync(rows, default);
        Assert.True((await change.ApplyAsync(rows, preview.Version, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
    }
}
