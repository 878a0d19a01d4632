using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Administration;

/// <summary>Officers are told of what happens to their accounts, in the commit in which it happens.</summary>
public class OfficerNoticesTests
{
    private const string Officer = "J7001";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_officer_reads_of_invitations_of_ways_to_sign_in_that_come_and_go_and_of_changed_roles(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var browser = await service.SignInAsync(Roles.WindowOfficer, officerId: Officer);
        Assert.Empty(await ReadAsync(browser));

        foreach (var (_, act) in Acts(service)) await act();
        await UntilAsync(service, "select count(*) from inbox", 7);

        // Changed roles end the sessions.
        using var again = await service.SignInAsync(Roles.Auditor, officerId: Officer);
        var titles = await ReadAsync(again);
        Assert.Equal(["您的角色已撤销：督察", "您的账号删除了登录方式：密码和动态口令", "您的账号删除了登录方式：通行密钥", "您的账号新增了登录方式：密码和动态口令", "您的账号新增了登录方式：通行密钥", "您的账号有了新的邀请码", "您被授予角色：督察"], titles.Order(StringComparer.Ordinal));
        var invited = (await PageForm.ReadAsync(again, "/inbox")).QuerySelectorAll(".inbox-item").Single(item => item.TextContent.Contains("邀请码", StringComparison.Ordinal));
        Assert.Contains("2026-03-05 09:30 有人为您的账号发出邀请码", invited.TextContent, StringComparison.Ordinal);
        Assert.Contains("A role was taken from you: supervisor", await ReadAsync(again, "?lang=en"), StringComparer.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_could_not_be_told_did_not_happen(string database)
    {
        await using var service = await TestService.StartAsync(database);
        service.Staff.Put(new StaffMember(Officer, "甲某某", TestStaff.Station, IsActive: true));
        var acts = Acts(service);
        // There must be something that can be taken away.
        foreach (var (name, act) in acts.Where(one => one.Name is "invite" or "password" or "passkey" or "grant")) await act();
        var before = await StandAsync(service);
        await TellingAsync(service.Data.Store);

        foreach (var (name, act) in acts)
        {
            // It is granted already; taking it away is what must fail.
            if (name == "grant") continue;
            await Assert.ThrowsAnyAsync<Exception>(act);
            Assert.Equal((name, before), (name, await StandAsync(service)));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => service.App.Services.GetRequiredService<ManageRoles>().GrantAsync("operator/test", Officer, Roles.Liaison, "测试", "测试规定第一条", default));
        Assert.Equal(before, await StandAsync(service));
    }

    // In an order in which each can be done.
    private static List<(string Name, Func<Task> Run)> Acts(TestService service)
    {
        var (staff, keys, roles) = (service.App.Services.GetRequiredService<StaffAccounts>(), service.App.Services.GetRequiredService<AccountStore>(), service.App.Services.GetRequiredService<ManageRoles>());
        var now = service.Clock.Now;
        var actor = new Actor { Id = Actor.OfOfficer(Officer), Kind = ActorKind.Officer, Name = "甲某某", Session = "", SignedInAt = now, ProvedAt = now };
        return
        [
            ("invite", () => staff.InviteAsync("operator/test", Officer, default)),
            ("password", () => staff.SetPasswordAsync(actor, "hash", "secret", 1, default)),
            ("passkey", async () =>
            {
                using var passkey = new SoftPasskey();
                await keys.AddOrUpdatePasskeyAsync(new Account(actor.Id, actor.Name), passkey.Registered(now), default);
            }),
            ("remove password", () => staff.RemovePasswordAsync(actor, default)),
            ("remove passkey", async () => await keys.RemovePasskeyAsync(new Account(actor.Id, actor.Name), (await keys.ListAsync(actor.Id, default))[0].Info.CredentialId, default)),
            ("grant", () => roles.GrantAsync("operator/test", Officer, Roles.Supervisor, "测试", "测试规定第一条", default)),
            ("revoke", () => roles.RevokeAsync("operator/test", Officer, Roles.Supervisor, "测试", default)),
        ];
    }

    // Whatever the acts change: the code, the password, the keys, the roles, and what the ledger says of them.
    private static async Task<string> StandAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        var rows = await connection.ListAsync(null, "select code, password from staff_accounts", row => $"{Convert.ToHexString(row.GetFieldValue<byte[]>(0))} {row.IsDBNull(1)}", default);
        var counts = new List<object?>();
        foreach (var from in new[] { "passkeys", "role_grants where revoked_at is null", "ledger_entries where kind in ('administration', 'permission')" }) counts.Add(await connection.ScalarAsync(null, $"select count(*) from {from}", default));
        return string.Join(' ', rows.Concat(counts.Select(count => $"{count}")));
    }

    private static async Task TellingAsync(DataStore store)
    {
        await using var connection = await store.OpenAsync(default);
        string[] statements = store.Dialect == Dialect.Sqlite
            ? ["create trigger no_notice before insert on notices begin select raise(abort, 'nobody is told'); end"]
            :
            [
                "create function no_notice() returns trigger language plpgsql as 'begin raise exception ''nobody is told''; end'",
                "create trigger no_notice before insert on notices for each row execute function no_notice()",
            ];
        foreach (var statement in statements) await connection.ExecuteAsync(null, statement, default);
    }

    private static async Task<IEnumerable<string>> ReadAsync(HttpClient browser, string query = "") => (await PageForm.ReadAsync(browser, "/inbox" + query)).QuerySelectorAll(".inbox-item h2").Select(title => title.Words());

    private static async Task UntilAsync(TestService service, string count, long expected)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var connection = await service.Data.Store.OpenAsync(late.Token);
        while (Convert.ToInt64(await connection.ScalarAsync(null, count, late.Token), null) != expected) await Task.Delay(20, late.Token);
    }
}
