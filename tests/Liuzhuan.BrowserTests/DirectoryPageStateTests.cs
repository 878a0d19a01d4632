using System.Text;
using Liuzhuan.Directories;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Directories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>The directory's pages in every look: accessible, and nothing sticks out.</summary>
public sealed class DirectoryPageStateTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, MemberData(nameof(PageStateTests.Views), MemberType = typeof(PageStateTests))]
    public async Task Every_page_of_the_directory_is_accessible_and_fits(string language, int width, string look)
    {
        await using var service = await TestService.StartAsync("sqlite");
        var change = service.App.Services.GetRequiredService<ChangeDirectory>();
        Assert.True((await change.ApplyAsync([.. GivenDirectory.Rows, GivenDirectory.Leave("J2001", "2026-03-01", "2026-03-20")], 0, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator, officerId: "K1");
        var page = await chromium.OpenAsync(service.Address, width, language: language, look: look);
        var secret = await service.App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession(Actor.OfOfficer("K1"), SignInWays.Passkey), default) ?? throw new InvalidOperationException("No session was opened.");
        await page.Context.AddCookiesAsync([new Cookie { Name = SessionCookie.Name, Value = secret, Url = service.Address.ToString() }]);
        async Task CheckAsync(string state)
        {
            await Chromium.PictureAsync(page, $"directory-{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }

        foreach (var (state, path) in new[]
        {
            ("list", "/workbench/directory?kind=offices"), ("none", "/workbench/directory?kind=officers&q=zzz"), ("office", "/workbench/directory/offices/" + GivenDirectory.CityOffice),
            ("officer", "/workbench/directory/officers/J2001"), ("edit", "/workbench/directory/edit?kind=officers&key=J2001"), ("new", "/workbench/directory/edit?kind=leave"),
            ("divisions", "/workbench/directory/divisions?q=公主岭"), ("import", "/workbench/directory/import"),
        })
        {
            await page.GotoAsync(path);
            await CheckAsync(state);
        }

        await page.Locator("#file").SetInputFilesAsync(new FilePayload
        {
            Name = "人员.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("工号,姓名,机构代码,职务,停用日期\nJ9001,庚,220104990100,户籍民警,\nJ4001,戊,220104990100,社区民警,\nJ3001,丁,220104990000,,2026-12-31\nJ9002,辛,220104990999,,\n"),
        });
        await page.Locator("main button[type=submit]").ClickAsync();
        await Chromium.ArriveAsync(page, "/import/[^/]+$");
        await CheckAsync("preview");
    }
}
