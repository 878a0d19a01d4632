using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.BrowserTests;

/// <summary>Passkeys in Chromium, with an authenticator of its own.</summary>
public sealed class PasskeyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_invited_officer_registers_a_passkey_signs_in_with_it_proves_again_and_signs_out(int width)
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { SignIn = new SignInOptions { ProofFor = TimeSpan.FromMinutes(5) } });
        service.Staff.Put(new StaffMember("J220102001", "甲某某", TestStaff.Station, IsActive: true));
        Assert.True((await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", "J220102001", default)).Ok(out var invitation, out _));
        // A passkey belongs to a name.
        var page = await chromium.OpenAsync(new UriBuilder(service.Address) { Host = "localhost" }.Uri, width);
        await Chromium.AddAuthenticatorAsync(page);
        async Task CheckAsync(string state)
        {
            await Chromium.PictureAsync(page, $"{state}-zh-{width}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }

        await page.GotoAsync("/sign-in/invitation");
        await page.Locator("#officer").FillAsync("J220102001");
        await page.Locator("#code").FillAsync(invitation.Code.ToLowerInvariant());
        await CheckAsync("invitation");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("#name").FillAsync("办公室电脑");
        await CheckAsync("passkeys-none");
        await page.Locator("main [data-needs-passkey]").ClickAsync();

        await Chromium.ArriveAsync(page, @"/sign-in\?ready=1$");
        await CheckAsync("sign-in");
        await page.Locator("main [data-needs-passkey]").ClickAsync();
        await Chromium.ArriveAsync(page, "/me$");
        await CheckAsync("me");

        await page.GotoAsync("/me/passkeys");
        Assert.Contains("办公室电脑", await page.Locator("tbody").TextContentAsync(), StringComparison.Ordinal);
        await CheckAsync("passkeys");
        service.Clock.Advance(TimeSpan.FromMinutes(6));
        await page.ReloadAsync();
        await Chromium.ArriveAsync(page, @"/sign-in/again\?return=");
        await CheckAsync("again");
        await page.Locator("main [data-needs-passkey]").ClickAsync();
        await Chromium.ArriveAsync(page, "/me/passkeys$");

        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await Chromium.ArriveAsync(page, @"/sign-in\?left=1$");
        await page.GotoAsync("/me");
        await Chromium.ArriveAsync(page, @"/sign-in\?return=");
    }

    [Fact]
    public async Task A_browser_without_the_key_is_told_so_and_stays_where_it_is()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var page = await chromium.OpenAsync(new UriBuilder(service.Address) { Host = "localhost" }.Uri);
        await Chromium.AddAuthenticatorAsync(page);

        await page.GotoAsync("/sign-in");
        await page.Locator("main [data-needs-passkey]").ClickAsync();

        await page.Locator("[data-passkey-problem]:not(:empty)").WaitForAsync();
    }
}
