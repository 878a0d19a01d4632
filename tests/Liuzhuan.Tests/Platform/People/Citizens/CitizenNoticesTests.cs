using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests.Exchange.Desk;
using Liuzhuan.Tests.Platform.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Citizens;

/// <summary>Citizens are told of a way to sign in that comes or goes, in the commit in which it does.</summary>
public class CitizenNoticesTests
{
    // With an area code that none has.
    private const string Phone = "10000000001";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_citizen_reads_of_a_passkey_that_was_added_and_of_one_that_was_removed(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var citizen = await service.App.Services.GetRequiredService<CitizenAccounts>().KeepAsync(CitizenNumber.Pack(DeskPages.Here), DeskPages.HereName, Phone, "operator/test", default);
        var (store, account) = (service.App.Services.GetRequiredService<AccountStore>(), new Account(citizen.Id, citizen.Name));
        using var passkey = new SoftPasskey();

        await store.AddOrUpdatePasskeyAsync(account, passkey.Registered(service.Clock.Now), default);
        await store.RemovePasskeyAsync(account, (await store.ListAsync(citizen.Id, default))[0].Info.CredentialId, default);
        // What is not there any more is not removed, and nobody is told so.
        await store.RemovePasskeyAsync(account, passkey.Registered(service.Clock.Now).CredentialId, default);
        await UntilReadAsync(service, 2);

        using var browser = await service.BrowserOfAsync(citizen.Id, SignInWays.Code);
        var inbox = (await PageForm.ReadAsync(browser, "/inbox")).QuerySelectorAll(".inbox-item");
        Assert.Equal(["您的账号删除了通行密钥", "您的账号新增了通行密钥"], inbox.Select(item => item.QuerySelector("h2")!.Words()).Order(StringComparer.Ordinal));
        Assert.All(inbox, item => Assert.Contains("2026-03-05 09:30 您", item.TextContent, StringComparison.Ordinal));
        Assert.Equal(2, (await PageForm.ReadAsync(browser, "/inbox?lang=en")).QuerySelectorAll(".inbox-item h2").Count(title => title.TextContent.Contains("A passkey was ", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_registered_telephone_is_told_where_there_is_a_gateway(string database)
    {
        await using var receiver = new Receiver();
        await using var service = await TestService.StartAsync(database, options => options with { Notices = options.Notices with { SmsGateway = receiver.Address } });
        var citizen = await service.App.Services.GetRequiredService<CitizenAccounts>().KeepAsync(CitizenNumber.Pack(DeskPages.Here), DeskPages.HereName, Phone, "operator/test", default);
        using var passkey = new SoftPasskey();

        await service.App.Services.GetRequiredService<AccountStore>().AddOrUpdatePasskeyAsync(new Account(citizen.Id, citizen.Name), passkey.Registered(service.Clock.Now), default);

        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (receiver.All.IsEmpty) await Task.Delay(20, late.Token);
        var message = Assert.Single(receiver.All).Json;
        Assert.Equal(Phone, message.GetProperty("to").GetString());
        Assert.Contains("登记了新的通行密钥", message.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static async Task UntilReadAsync(TestService service, long expected)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var connection = await service.Data.Store.OpenAsync(late.Token);
        while (Convert.ToInt64(await connection.ScalarAsync(null, "select count(*) from inbox", late.Token), null) != expected) await Task.Delay(20, late.Token);
    }
}
