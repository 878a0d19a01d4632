using System.Text.RegularExpressions;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Tests.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Commands;

public partial class OfficerCommandTests
{
    [Fact]
    public async Task The_first_officers_of_a_system_are_invited_and_given_roles_while_it_runs()
    {
        await using var service = await TestService.StartAsync("sqlite");
        service.Staff.Put(new StaffMember("J1", "甲", TestStaff.Station, IsActive: true));
        var data = new[] { "--data", service.Data.Folder, "--connection", service.Data.ConnectionText };

        var invited = await RunAsync([.. data, "--lang", "en"], "officer", "invite", "J1");
        var granted = await RunAsync(data, "officer", "grant", "J1", Roles.SecurityAdministrator, "--reason", "首次开通");
        var apart = await RunAsync(data, "officer", "grant", "J1", Roles.Auditor, "--reason", "首次开通");
        var unknown = await RunAsync(data, "officer", "grant", "J1", "king", "--reason", "首次开通");
        var listed = await RunAsync(data, "officer", "list");
        using var entered = await StaffSignInTests.PostAsync(TestApp.Browser(service.Address, null), "/sign-in/invitation", ("officer", "J1"), ("code", Code().Match(invited.Output).Value));
        var revoked = await RunAsync(data, "officer", "revoke", "J1", Roles.SecurityAdministrator, "--reason", "测试");

        Assert.Equal((0, 0, 2, 2, 0, 0), (invited.Code, granted.Code, apart.Code, unknown.Code, listed.Code, revoked.Code));
        Assert.Contains("三权分立", apart.Error, StringComparison.Ordinal);
        Assert.StartsWith("J1\tsecurity-administrator\t", listed.Output, StringComparison.Ordinal);
        Assert.Equal("/me/passkeys", entered.Headers.Location!.OriginalString);
        var grant = Assert.Single(await service.App.Services.GetRequiredService<ManageRoles>().ListAsync("J1", default));
        Assert.StartsWith("operator/", grant.GrantedBy, StringComparison.Ordinal);
        Assert.NotNull(grant.RevokedAt);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(string[] data, params string[] args) => CalendarCommandTests.RunAsync([.. args, .. data]);

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")]
    private static partial Regex Code();
}
