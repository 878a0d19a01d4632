using System.Net;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Exchange.Objections;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Objections;

public class WhoDecidesTests
{
    private const string School = "220104982000", Education = "12220104DEMA0004XP";

    private static readonly Asker Operator = new("operator/root@host", "", "", "");

    private static readonly Post
        AtProvince = new(GivenDirectory.ProvinceOffice, "省厅户政", GivenDirectory.Province, "省厅", "220000", OfficeLevel.Province),
        AtCity = new(GivenDirectory.CityOffice, "市局户政", GivenDirectory.City, "市局", "220100", OfficeLevel.City),
        AtCounty = new(GivenDirectory.CountyOffice, "分局户政", GivenDirectory.County, "分局", "220104", OfficeLevel.County);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_access_by_a_machine_is_decided_in_the_province_and_its_supervisor_is_warned(string database)
    {
        await using var service = await StartAsync(database);
        using var province = await service.SignInAsync(Roles.Supervisor, AtProvince, "J1001");
        using var city = await service.SignInAsync(Roles.Supervisor, AtCity, "J2001");
        using var citizen = await service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);
        Assert.Equal(200, (await service.AskAsync(TestService.Question(DeskPages.Here, DeskPages.HereName))).Status);
        using var taken = await ObjectionTests.ObjectAsync(citizen, "not-known", "");
        var id = taken.Headers.Location!.OriginalString.Split('/')[^1];

        await using (var connection = await service.Data.Store.OpenAsync(default))
        {
            Assert.Equal("220000", (await Objection.FindAsync(connection, id, default))!.Division);
            Assert.Equal(["officer/J1001"], await WarnedAsync(service, (await KeptClock.FindAsync(connection, "objection/" + id, default))!.Holder));
        }

        var path = "/workbench/queue/objections/" + id;
        using var denied = await city.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
        using var sent = await DeskPages.PostAsync(province, path, (await DeskPages.PageAsync(province, path)).QuerySelector("form.form-rows")!, ("outcome", "justified"), ("words", "入学核验，依据充分。"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
    }

    [Fact]
    public async Task An_access_by_whoever_runs_the_system_goes_to_the_province_or_where_nobody_supervises_it_to_whoever_supervises_most()
    {
        await using var service = await StartAsync("sqlite");
        var deciding = service.App.Services.GetRequiredService<WhoDecides>();

        Assert.Equal((Operator with { Division = "220000" }, $"role/supervisor@{GivenDirectory.ProvinceOffice}"), await deciding.OfAsync(Operator, GivenDirectory.Today, default));
        using var county = await service.SignInAsync(Roles.Supervisor, AtCounty, "J3001");
        using var city = await service.SignInAsync(Roles.Supervisor, AtCity, "J2001");
        Assert.Equal((Operator with { Division = "220100" }, $"role/supervisor@{GivenDirectory.CityOffice}"), await deciding.OfAsync(Operator, GivenDirectory.Today, default));
        using var province = await service.SignInAsync(Roles.Supervisor, AtProvince, "J1001");
        Assert.Equal((Operator with { Division = "220000" }, $"role/supervisor@{GivenDirectory.ProvinceOffice}"), await deciding.OfAsync(Operator, GivenDirectory.Today, default));
    }

    [Fact]
    public async Task The_liaison_of_the_office_is_warned_only_where_they_may_decide()
    {
        await using var service = await StartAsync("sqlite");
        await ApplyAsync(service,
            GivenDirectory.Row("agencies", ("code", Education), ("name", "区教育局"), ("branch", "education"), ("level", "county"), ("division", "220104")),
            GivenDirectory.Office(School, "区一中", Education, "county", "220104"), GivenDirectory.Officer("J5001", "己", School), GivenDirectory.Seat(School, 1, "J5001"));
        var deciding = service.App.Services.GetRequiredService<WhoDecides>();
        using var clerk = await service.SignInAsync(Roles.AgencyClerk, new Post(School, "区一中", Education, "区教育局", "220104", OfficeLevel.County), "J5001");
        using var liaison = await service.SignInAsync(Roles.Liaison, AtCounty, "J3001");
        using var city = await service.SignInAsync(Roles.Supervisor, AtCity, "J2001");
        async Task<string?> HolderAsync(string actor, string office, string agency) => (await deciding.OfAsync(new Asker(actor, office, agency, "220104"), GivenDirectory.Today, default)).Holder;

        Assert.Equal($"role/liaison@{GivenDirectory.CountyOffice}", await HolderAsync("officer/J9", GivenDirectory.CountyOffice, GivenDirectory.County));
        // A clerk may not decide, and neither does anybody about what they did.
        Assert.Equal($"role/supervisor@{GivenDirectory.CityOffice}", await HolderAsync("officer/J9", School, Education));
        Assert.Equal($"role/supervisor@{GivenDirectory.CityOffice}", await HolderAsync("officer/J3001", GivenDirectory.CountyOffice, GivenDirectory.County));
    }

    private static async Task<IReadOnlyList<string>> WarnedAsync(TestService service, string? holder)
    {
        var parts = holder!.Split('/', '@');
        var found = new List<string>();
        foreach (var one in service.App.Services.GetServices<INoticeAddressee>()) found.AddRange(await one.HoldersAsync(parts[1], parts[2], default));
        return found;
    }

    private static async Task<TestService> StartAsync(string database)
    {
        var service = await TestService.StartAsync(database);
        await ApplyAsync(service, GivenDirectory.Rows);
        return service;
    }

    private static async Task ApplyAsync(TestService service, params GivenRow[] rows)
    {
        var change = service.App.Services.GetRequiredService<ChangeDirectory>();
        var preview = await change.PreviewAsync(rows, default);
        Assert.Empty(preview.Refused.Select(one => one.Refusal.English));
        Assert.True((await change.ApplyAsync(rows, preview.Version, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
    }
}
