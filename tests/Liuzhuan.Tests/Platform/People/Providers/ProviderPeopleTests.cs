using System.Net;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>Whom the provider's word stands for here: who is let in, who is linked, who is told.</summary>
public sealed class ProviderPeopleTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_number_the_provider_names_opens_the_account_of_an_invited_officer_to_one_identity(string database)
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(database, options => options with { OfficerClaim = "officer_number" }, isLinked: false);
        var (service, provider, wrong) = (ground.Service, ground.Provider, new List<string>());
        using var guard = await service.SignInAsync(Roles.SecurityAdministrator, officerId: "S1");
        async Task MustBeRefusedAsync(string cause)
        {
            using var answer = await ground.GoAsync();
            if (await ProviderGround.OutcomeAsync(service, answer) is var outcome && outcome != $"401 {cause}") wrong.Add($"{cause}: {outcome}");
        }

        provider.UserInfo["sub"] = "subject-1";
        await MustBeRefusedAsync("not-linked");
        // In the directory, but not invited; invited, but not in the directory.
        provider.Person["officer_number"] = "J1";
        await MustBeRefusedAsync("no-officer");
        await StaffSignInTests.InviteAsync(service, "J9");
        provider.Person["officer_number"] = "J9";
        await MustBeRefusedAsync("no-officer");
        await StaffSignInTests.InviteAsync(service, "J1");
        provider.Person["officer_number"] = "J1";
        await ground.MustLeadInAsync();
        Assert.Equal(["sign-in", "link-provider"], (await ProviderGround.TrailAsync(service)).Take(2).Select(entry => entry.Act));

        // Another identity with the same number is refused, and the security administrator is told, once.
        provider.Person["sub"] = "subject-2";
        await MustBeRefusedAsync("other-identity");
        await MustBeRefusedAsync("other-identity");
        await using var connection = await service.Data.Store.OpenAsync(default);
        Assert.Equal(["officer/S1"], await connection.ListAsync(null, "select recipient from notices where template = 'provider-other-identity' and channel = 'route'", row => row.GetString(0), default));

        // The identity that is linked, under another number.
        (provider.Person["sub"], provider.Person["officer_number"]) = ("subject-1", "J9");
        await MustBeRefusedAsync("officer-changed");
        provider.Person["officer_number"] = "J1";
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: false));
        await MustBeRefusedAsync("no-officer");
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_citizen_is_whom_the_register_knows_by_number_and_name(string database)
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(database);
        var (service, provider) = (ground.Service, ground.Provider);
        async Task<string> TryAsync(string page = "/hall/sign-in?return=/hall/accesses")
        {
            using var browser = TestApp.Browser(service.Address, null);
            using var answer = await ProviderGround.GoAndReturnAsync(browser, provider, page);
            return answer.Headers.Location?.OriginalString ?? await ProviderGround.CauseAsync(service);
        }

        provider.UserInfo["sub"] = "subject-1";
        Assert.Equal("person", await TryAsync());
        (provider.Person["name"], provider.Person["citizen_number"]) = (ProviderGround.OtherName, ProviderGround.Number);
        Assert.Equal("person", await TryAsync());
        provider.Person["name"] = ProviderGround.Name;
        Assert.Equal("/hall/accesses", await TryAsync());

        // What the token has not, the provider is asked for; of another subject it says nothing.
        provider.Person.Remove("citizen_number");
        provider.UserInfo["citizen_number"] = ProviderGround.Number;
        Assert.Equal("/hall/accesses", await TryAsync());
        provider.UserInfo["sub"] = "subject-2";
        Assert.Equal("userinfo", await TryAsync());
        await using var connection = await service.Data.Store.OpenAsync(default);
        Assert.Equal(1L, Convert.ToInt64(await connection.ScalarAsync(null, "select count(*) from citizen_accounts", default), null));
        Assert.DoesNotContain(await connection.ListAsync(null, "select leaf from ledger_entries", row => System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), default), leaf => leaf.Contains(ProviderGround.Number, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_officer_links_by_their_own_hands_proving_it_anew_and_unlinks(string database)
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(database, isLinked: false);
        var (service, provider) = (ground.Service, ground.Provider);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        using var colleague = await service.SignInAsync(Roles.WindowOfficer, officerId: "J2");

        // Signed in there an hour ago is not: somebody else may sit here.
        provider.Change = (_, claims) => claims["auth_time"] = service.Clock.Now.ToUnixTimeSeconds() - 31;
        using var stale = await ProviderGround.GoAndReturnAsync(officer, provider, "/me/provider");
        Assert.Equal((HttpStatusCode.Unauthorized, "auth-time"), (stale.StatusCode, await ProviderGround.CauseAsync(service)));
        provider.Mend();
        var away = await ProviderGround.SetOutAsync(officer, "/me/provider");
        Assert.Contains("max_age=0", away.Query, StringComparison.Ordinal);
        Assert.Contains("prompt=login", away.Query, StringComparison.Ordinal);
        using var linked = await ProviderGround.GoAndReturnAsync(officer, provider, "/me/provider");
        using var taken = await ProviderGround.GoAndReturnAsync(colleague, provider, "/me/provider");
        Assert.Equal("/me/provider", linked.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.Conflict, "taken"), (taken.StatusCode, await ProviderGround.CauseAsync(service)));
        await ground.MustLeadInAsync();
        await using (var connection = await service.Data.Store.OpenAsync(default))
            Assert.NotEqual(0L, await connection.ScalarAsync(null, "select count(*) from notices where template = 'officer-credential' and recipient = 'officer/J1'", default));

        // The only way in stays; with another it may go, and all that was open goes with it.
        using var browser = TestApp.Browser(service.Address, null);
        using var entered = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in");
        Assert.Equal(HttpStatusCode.Conflict, await UnlinkAsync(browser));
        await StaffSignInTests.InviteAsync(service, "J1");
        await service.App.Services.GetRequiredService<StaffAccounts>().SetPasswordAsync(await ActorAsync(service, "officer/J1"), "x", "y", 1, default);
        Assert.Equal(HttpStatusCode.SeeOther, await UnlinkAsync(browser));
        await using (var connection = await service.Data.Store.OpenAsync(default))
            Assert.NotEqual(0L, await connection.ScalarAsync(null, "select count(*) from notices where template = 'officer-credential-removed' and recipient = 'officer/J1'", default));
        using var over = await browser.GetAsync("/me");
        using var gone = await ground.GoAsync();
        Assert.Equal((HttpStatusCode.SeeOther, "not-linked"), (over.StatusCode, await ProviderGround.CauseAsync(service)));
        Assert.Equal(HttpStatusCode.Unauthorized, gone.StatusCode);
    }

    [Fact]
    public async Task An_invitation_may_be_used_to_link_and_is_over_with_that()
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(isLinked: false);
        var code = await StaffSignInTests.InviteAsync(ground.Service, "J1");
        using var browser = TestApp.Browser(ground.Service.Address, null);
        using var invited = await StaffSignInTests.PostAsync(browser, "/sign-in/invitation", ("officer", "J1"), ("code", code));

        using var linked = await ProviderGround.GoAndReturnAsync(browser, ground.Provider, "/me/provider");
        using var over = await browser.GetAsync("/me");

        Assert.Equal(("/sign-in?ready=1", HttpStatusCode.SeeOther), (linked.Headers.Location!.OriginalString, over.StatusCode));
        await ground.MustLeadInAsync();
    }

    [Fact]
    public async Task What_was_proved_to_the_provider_long_ago_is_proved_again_before_data_are_shown()
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync();
        var (service, provider) = (ground.Service, ground.Provider);
        provider.Change = (_, claims) => claims["auth_time"] = service.Clock.Now.ToUnixTimeSeconds() - 7200;
        using var browser = TestApp.Browser(service.Address, null);
        using var entered = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in");
        using var asked = await browser.GetAsync("/me/passkeys");
        // Not by linking either, which no page but the fresh one offers.
        using var unlinked = await SessionTests.PostAsync(browser, (await SessionTests.PageAsync(browser, "/sign-in/again")).QuerySelector("form[action='/sign-in/provider']")!, ("what", "link"));
        using var stale = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in/again?return=/me/passkeys");
        provider.Mend();
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery((await ProviderGround.SetOutAsync(browser, "/sign-in/again?return=/me/passkeys")).Query);

        // In another session than the one that set out.
        using (var left = await SessionTests.PostAsync(browser, (await SessionTests.PageAsync(browser, "/me")).QuerySelector("form[action='/sign-out']")!)) Assert.Equal("/sign-out/provider", left.Headers.Location!.OriginalString);
        using var orphan = await ProviderGround.ReturnAsync(browser, provider, state["state"]!);
        Assert.Equal((HttpStatusCode.Unauthorized, "session"), (orphan.StatusCode, await ProviderGround.CauseAsync(service)));

        provider.Change = (_, claims) => claims["auth_time"] = service.Clock.Now.ToUnixTimeSeconds() - 7200;
        using var anew = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in");
        provider.Mend();
        using var proved = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in/again?return=/me/passkeys");
        using var shown = await browser.GetAsync("/me/passkeys");

        Assert.Equal("/sign-in/again?return=%2Fme%2Fpasskeys", asked.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (unlinked.StatusCode, stale.StatusCode));
        Assert.Equal(("/me/passkeys", HttpStatusCode.OK), (proved.Headers.Location!.OriginalString, shown.StatusCode));
        // It announces no place to sign out at, so one is out at once.
        using var leaving = await browser.GetAsync("/sign-out/provider");
        Assert.Equal("/sign-in?left=1", leaving.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("officers", true, false)]
    [InlineData("citizens", false, true)]
    public async Task The_button_stands_where_its_people_are_and_serves_nobody_else(string people, bool officers, bool citizens)
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(options: options => options with { For = Enum.Parse<ProviderPeople>(people, ignoreCase: true) });
        using var browser = TestApp.Browser(ground.Service.Address, null);
        var (staff, hall) = (await SessionTests.PageAsync(browser, "/sign-in"), await SessionTests.PageAsync(browser, "/hall/sign-in"));
        var (first, second) = (staff.QuerySelector("form[action='/sign-in/provider']"), hall.QuerySelector("form[action='/sign-in/provider']"));

        using var forged = await SessionTests.PostAsync(browser, (first ?? second)!, ("what", officers ? "citizen" : "officer"));

        Assert.Equal((officers, citizens), (first is not null, second is not null));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    private static async Task<HttpStatusCode> UnlinkAsync(HttpClient browser)
    {
        using var answer = await SessionTests.PostAsync(browser, Pointed((await SessionTests.PageAsync(browser, "/me/provider")).QuerySelector("main form")!));
        return answer.StatusCode;
    }

    private static AngleSharp.Dom.IElement Pointed(AngleSharp.Dom.IElement form)
    {
        form.SetAttribute("action", "/me/provider");
        return form;
    }

    private static async Task<Actor> ActorAsync(TestService service, string actor) =>
        (await service.App.Services.GetRequiredService<ActorLoad>().FindAsync((await service.App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession(actor, SignInWays.Passkey), default))!, default))!;
}
