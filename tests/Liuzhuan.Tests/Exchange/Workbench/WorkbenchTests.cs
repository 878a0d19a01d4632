using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Liuzhuan.Platform.Ledger.Pages;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Workbench;

public class WorkbenchTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_window_officer_gets_a_verdict_and_the_person_reads_who_asked_for_what_and_on_which_article(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);

        var answer = await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName);
        var list = await DeskPages.PageAsync(citizen, "/hall/accesses");

        Assert.Equal("consistent", Verdict(answer));
        Assert.Equal("", answer.QuerySelector("#number")!.GetAttribute("value"));
        Assert.DoesNotContain(DeskPages.Here, answer.Body!.TextContent, StringComparison.Ordinal);
        var access = Assert.Single(list.QuerySelectorAll(".access"));
        Assert.Equal("演示市新春派出所", access.QuerySelector("h2")!.TextContent);
        Assert.Contains("为群众办理政务服务事项", access.TextContent, StringComparison.Ordinal);
        Assert.Contains("政务数据共享条例第二条", access.TextContent, StringComparison.Ordinal);
        Assert.Contains("身份信息", access.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_purpose_and_the_area_of_the_office_do_not_allow_is_not_told(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);

        var here = await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName, "household-registration", ("sex", "1"));
        var there = await DeskPages.AskAsync(window, DeskPages.There, DeskPages.ThereName, "household-registration", ("sex", "1"));
        var full = await DeskPages.AskAsync(window, DeskPages.There, DeskPages.ThereName, "identity-card", ("sex", "1"));
        var nobody = await DeskPages.AskAsync(window, "220202198702154561", "张军梅");
        var forbidden = await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName, "public-service", ("ethnicity", "汉族"));

        Assert.Equal(("inconsistent", "inconsistent"), (Verdict(here), Verdict(full)));
        Assert.Contains("性别", here.QuerySelector(".verdict-card")!.TextContent, StringComparison.Ordinal);
        // Of the same name and number, and nothing is said of the sex, but that it was not compared.
        Assert.Equal("consistent", Verdict(there));
        Assert.Contains("性别没有比对", there.QuerySelector(".verdict-why")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Verdict(nobody), new[] { "not_in_register", "invalid" });
        Assert.Null(forbidden.QuerySelector(".verdict-card"));
        Assert.Contains("民族", forbidden.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_purpose_that_is_not_theirs_is_refused_and_leaves_a_trace(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var before = (await service.Ledger.Log.HeadAsync(default)).Size;

        var answer = await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName, "interagency-request");

        Assert.Null(answer.QuerySelector(".verdict-card"));
        var leaf = await LeafAsync(service, before);
        Assert.Equal("decision", leaf.GetProperty("kind").GetString());
        Assert.Equal("permission.purpose-not-yours", leaf.GetProperty("detail").GetProperty("denied").GetString());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_trace_names_officer_office_and_rule_and_no_person(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        var before = (await service.Ledger.Log.HeadAsync(default)).Size;

        await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName);

        var leaf = await LeafAsync(service, before);
        Assert.Equal(("question", "officer/J1"), (leaf.GetProperty("kind").GetString(), leaf.GetProperty("actor").GetString()));
        var detail = leaf.GetProperty("detail");
        Assert.Equal((TestStaff.Station.Office, "window-verify-person"), (detail.GetProperty("office").GetString(), detail.GetProperty("rule").GetString()));
        Assert.DoesNotContain(DeskPages.Here, leaf.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(DeskPages.HereName, leaf.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_proof_of_ones_own_act_holds_and_nobody_gets_anothers(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var other = await service.SignInAsync(Roles.WindowOfficer);

        var answer = await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName);
        var path = answer.QuerySelector("a[href^='/workbench/receipts/']")!.GetAttribute("href")!;
        var receipt = await window.GetStringAsync(path);
        using var denied = await other.GetAsync(path);

        Assert.True(CheckReceipt.Check(receipt, [service.Ledger.Key]).Ok(out _, out var refusal), refusal?.English);
        Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Somebody_who_proved_who_they_are_long_ago_does_so_again_before_anything_is_shown(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using (await window.GetAsync("/workbench/verify"))
        {
        }

        service.Clock.Advance(service.App.Services.GetRequiredService<SignInOptions>().ProofFor);
        using var page = await window.GetAsync("/workbench/verify");

        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        Assert.StartsWith("/sign-in", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_next_person_finds_an_empty_form_and_the_same_purpose(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);

        var mend = await DeskPages.AskAsync(window, DeskPages.Here, "王刚强", "certificate-issuance");
        var next = await DeskPages.PageAsync(window, mend.QuerySelector(".counter a.btn")!.GetAttribute("href")!);

        Assert.Equal(DeskPages.Here, mend.QuerySelector("#number")!.GetAttribute("value"));
        Assert.Equal("", next.QuerySelector("#number")!.GetAttribute("value"));
        Assert.Equal("certificate-issuance", next.QuerySelector("#purpose option[selected]")!.GetAttribute("value"));
        Assert.DoesNotContain(DeskPages.Here, mend.QuerySelector(".counter a.btn")!.GetAttribute("href")!, StringComparison.Ordinal);
    }

    internal static string? Verdict(IDocument page) => page.QuerySelector(".verdict-card")?.GetAttribute("data-verdict");

    internal static async Task<JsonElement> LeafAsync(TestService service, long position) =>
        JsonDocument.Parse((await service.Ledger.Log.EntryAsync(position, default))!.Leaf).RootElement.Clone();
}
