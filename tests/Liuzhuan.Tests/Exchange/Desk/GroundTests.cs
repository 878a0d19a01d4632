using System.Net;
using Liuzhuan.Directories;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Exchange.Hall;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Desk;

public class GroundTests
{
    private const string Enrolment = "school-enrolment/compulsory-education-12";

    private static readonly Post Education = new("220104982000", "区一中", "12220104DEMA0004XP", "区教育局", "220104", OfficeLevel.County);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clerk_is_offered_and_may_use_only_the_grounds_of_the_agencys_branch(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var clerk = await EducationAsync(ground.Service);

        var offered = (await DeskPages.PageAsync(clerk, "/workbench/requests/new")).QuerySelectorAll("#ground optgroup option").Select(option => option.GetAttribute("value"));
        var (court, foreign, typed, none) = (
            await RefusedAsync(ground, clerk, "court-evidence/civil-procedure-70"), await RefusedAsync(ground, clerk, "school-enrolment/civil-procedure-70"),
            await RefusedAsync(ground, clerk, "school-enrolment/义务教育法第十二条"), await RefusedAsync(ground, clerk, ""));

        Assert.Equal(["public-service/government-data-2", "public-service/social-assistance-59", Enrolment], offered);
        Assert.Equal(HttpStatusCode.Forbidden, court.Status);
        Assert.StartsWith("“人民法院调查取证”不是您所在单位这一系统的核查用途", court.Words, StringComparison.Ordinal);
        Assert.All([foreign, typed], answer => Assert.StartsWith("所选依据不是“义务教育入学审核”登记过的依据", answer.Words, StringComparison.Ordinal));
        Assert.All([foreign, typed, none], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.Status));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(ground.Service.Data.Folder, "exchange")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_row_keeps_the_words_of_the_ground_and_the_entry_names_it_while_the_matter_is_none(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var clerk = await EducationAsync(ground.Service);

        using var taken = await ground.TrySubmitAsync("month", Enrolment, clerk: clerk);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);

        var (request, _) = (await ground.Service.App.Services.GetRequiredService<RequestDesk>().FindAsync(taken.Headers.Location!.OriginalString.Split('/')[^1], default))!.Value;
        var entry = (await LedgerLeaves.OfAsync(ground.Service.Data.Store, "clock"))[0].GetProperty("detail").GetProperty("matter");
        Assert.Equal(("school-enrolment", "compulsory-education-12", "义务教育法第十二条", "请协助"), (request.Purpose, request.Ground, request.Provision, request.Note));
        Assert.Contains("Compulsory Education Law, article 12", (await DeskPages.PageAsync(clerk, $"/workbench/requests/{request.Id}?lang=en")).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("义务教育法第十二条", (await DeskPages.PageAsync(clerk, $"/workbench/requests/{request.Id}?lang=zh")).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("compulsory-education-12", "义务教育法第十二条"), (entry.GetProperty("ground").GetString(), entry.GetProperty("provision").GetString()));
    }

    [Fact]
    public async Task While_the_directory_does_not_know_the_agency_all_grounds_of_the_clerks_purposes_are_offered()
    {
        await using var ground = await DeskGround.StartAsync("sqlite");

        var page = await DeskPages.PageAsync(ground.Clerk, "/workbench/requests/new");

        var today = DateOnly.FromDateTime(TestClock.Morning.Date);
        Assert.Equal(Shipped.All.Where(one => one.IsInForce(today)).Select(one => one.Choice).Order(StringComparer.Ordinal), page.QuerySelectorAll("#ground optgroup option").Select(option => option.GetAttribute("value")!).Order(StringComparer.Ordinal));
        Assert.Equal(3, page.QuerySelectorAll("#ground optgroup").Length);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_ground_that_is_over_is_not_taken(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);

        var over = await RefusedAsync(ground, ground.Clerk, "court-evidence/civil-procedure-67");

        Assert.Equal(HttpStatusCode.BadRequest, over.Status);
        Assert.Contains("今天不在有效期内", over.Words, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_ground_that_is_over_on_the_day_of_the_answer_lets_the_request_only_be_sent_back(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        var form = (await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}")).QuerySelector("form[action$='handler=Open']")!;
        // As if it had been handed in while an article was in force that is over by now.
        await ChangeAsync(ground, "purpose = 'court-evidence', ground = 'civil-procedure-67', provision = '民事诉讼法第六十七条'");

        using var pressed = await DeskPages.PostAsync(ground.Liaison, $"/workbench/queue/{id}?handler=Open", form);
        var page = await HallClient.ParseAsync(pressed);

        Assert.Equal(HttpStatusCode.Conflict, pressed.StatusCode);
        Assert.Contains("自 2022-01-01 起失效", page.QuerySelector("[data-groundless]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action$='handler=Open']"));
        Assert.Contains("只能退回", page.QuerySelector("#reason")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(await LedgerLeaves.OfAsync(ground.Service.Data.Store, "decision"), entry => entry.Said("act") == "open");
        Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Return", "依据已失效，请按现行依据重新提交。"));
        Assert.Null((await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}")).QuerySelector("[data-groundless]"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_taken_on_is_not_begun_once_its_ground_is_over(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ChangeAsync(ground, "state = 'opened', opened_by = 'officer/JL', opened_at = submitted_at, purpose = 'court-evidence', ground = 'civil-procedure-67'");

        var page = await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}");

        Assert.NotNull(page.QuerySelector("[data-groundless]"));
        Assert.Null(page.QuerySelector("[data-running]"));
        Assert.NotNull(page.QuerySelector("form[action$='handler=Return']"));
    }

    [Theory]
    [InlineData("ground = null", null)]
    [InlineData("ground = null, provision = '手写的依据'", "request.ground-lost")]
    [InlineData("ground = 'no-such'", "request.ground-lost")]
    [InlineData("purpose = 'no-such'", "request.ground-lost")]
    [InlineData("purpose = 'court-evidence', ground = 'civil-procedure-67'", "request.ground-over")]
    [InlineData("purpose = 'court-evidence', ground = 'civil-procedure-70'", null)]
    public async Task A_kept_ground_is_decided_by_its_id_and_by_its_words_where_there_is_none(string change, string? refused)
    {
        await using var ground = await DeskGround.StartAsync("sqlite");
        var id = await ground.SubmitAsync();
        await ChangeAsync(ground, change);

        Assert.Equal(refused, (await LookAsync(ground, id))?.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_ground_of_another_branch_does_not_stand_once_the_directory_says_so(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var clerk = await EducationAsync(ground.Service);
        using var taken = await ground.TrySubmitAsync("month", Enrolment, clerk: clerk);
        var id = taken.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Null(await LookAsync(ground, id));

        await ChangeAsync(ground, "purpose = 'court-evidence', ground = 'civil-procedure-70'");

        Assert.Equal("request.ground-of-others", (await LookAsync(ground, id))!.Code);
    }

    private static async Task ChangeAsync(DeskGround ground, string change)
    {
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        Assert.Equal(1, await connection.ExecuteAsync(null, $"update exchange_requests set {change}", default));
    }

    private static async Task<Refusal?> LookAsync(DeskGround ground, string id)
    {
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        return await ground.Service.App.Services.GetRequiredService<RequestGround>().LookAsync((await ExchangeRequest.FindAsync(connection, id, default))!, default);
    }

    private static Grounds Shipped => Grounds.Shipped(new TestClock(TestClock.Morning));

    private static async Task<HttpClient> EducationAsync(TestService service)
    {
        var change = service.App.Services.GetRequiredService<ChangeDirectory>();
        var bureau = GivenDirectory.Row("agencies", ("code", Education.Agency), ("name", Education.AgencyName), ("branch", "education"), ("level", "county"), ("division", Education.Division));
        Assert.True((await change.ApplyAsync([bureau], (await change.PreviewAsync([bureau], default)).Version, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
        return await service.SignInAsync(Roles.AgencyClerk, Education);
    }

    private static async Task<(HttpStatusCode Status, string Words)> RefusedAsync(DeskGround ground, HttpClient clerk, string choice)
    {
        using var answer = await ground.TrySubmitAsync("month", choice, clerk: clerk);
        return (answer.StatusCode, (await HallClient.ParseAsync(answer)).QuerySelector(".problem p")!.TextContent);
    }
}
