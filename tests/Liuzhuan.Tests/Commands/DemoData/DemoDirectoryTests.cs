using Liuzhuan.Commands.DemoData;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Commands.DemoData;

public class DemoDirectoryTests
{
    private static readonly DemoPeople People = new(3_000, 20260101);

    [Fact]
    public async Task A_second_start_finds_everybody_there_and_changes_nothing()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var first = await StartAsync(service);
        var size = (await service.Ledger.Log.HeadAsync(default)).Size;
        var second = await StartAsync(service);
        Assert.Equal(first, second);
        Assert.Equal(size, (await service.Ledger.Log.HeadAsync(default)).Size);
        // Somebody for every role, and citizens who are in the register.
        Assert.Equal(Roles.All.Order(StringComparer.Ordinal), Roles.All.Where(role => first.Any(person => person.Role == Roles.Name(role))).Order(StringComparer.Ordinal));
        Assert.Equal(3, first.Count(person => person.Id.StartsWith("citizen/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_changed_or_revoked_since_stays_so()
    {
        await using var service = await TestService.StartAsync("sqlite");
        await StartAsync(service);
        var (shelf, roles) = (service.App.Services.GetRequiredService<DirectoryShelf>(), service.App.Services.GetRequiredService<ManageRoles>());
        var auditor = (await roles.ListAsync(null, default)).Single(grant => grant.Role == Roles.Auditor).OfficerId;
        Assert.True((await roles.RevokeAsync("operator/test", auditor, Roles.Auditor, "测试", default)).Ok(out _, out _));
        Assert.True((await service.App.Services.GetRequiredService<ChangeDirectory>().ApplyAsync([Directories.GivenDirectory.Row("officers", ("id", auditor), ("title", "调离"))], 1, "operator/test", "测试", default)).Ok(out _, out _));
        await StartAsync(service);
        Assert.Equal((2L, "调离"), ((await shelf.LoadAsync(default)).Version, (await shelf.LoadAsync(default)).Officers[auditor].Title));
        Assert.DoesNotContain(await roles.ListAsync(auditor, default), grant => grant.RevokedAt is null);
    }

    private static async Task<IReadOnlyList<Liuzhuan.Platform.People.DemoPerson>> StartAsync(TestService service)
    {
        var services = service.App.Services;
        var demo = new DemoDirectory(services.GetRequiredService<DirectoryShelf>(), services.GetRequiredService<ChangeDirectory>(), services.GetRequiredService<ManageRoles>(), services.GetRequiredService<CitizenAccounts>(), People, service.Clock);
        await demo.StartAsync(default);
        return await demo.ListAsync(default);
    }
}
