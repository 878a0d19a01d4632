using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Exchange.Workbench;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;
using Liuzhuan.Tests.Exchange.Desk;
using Liuzhuan.Tests.Exchange.Hall;
using Liuzhuan.Tests.Exchange.Workbench;
using Liuzhuan.Tests.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Forms;

/// <summary>A reload, a second press, a second tab: the same form is done once, and the second sending shows what came of the first.</summary>
public class SentFormTests
{
    private const string Window = "/workbench/verify";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_verdict_that_is_reloaded_is_shown_again_and_nobody_is_looked_up_again(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var form = await FormAsync(window);

        var first = await SendAsync(window, form, DeskPages.Here, DeskPages.HereName);
        var again = await SendAsync(window, form, DeskPages.Here, DeskPages.HereName);

        Assert.Equal(("consistent", "consistent"), (WorkbenchTests.Verdict(first), WorkbenchTests.Verdict(again)));
        Assert.Equal(Receipt(first), Receipt(again));
        Assert.Null(first.QuerySelector(".verdict-card .advice"));
        Assert.Contains("没有再查", again.QuerySelector(".verdict-card .advice")!.TextContent, StringComparison.Ordinal);
        var question = Assert.Single(await QuestionsAsync(service));
        Assert.Equal(1L, await CountAsync(service, "watch_looks"));
        var shown = Assert.Single(await LedgerLeaves.OfAsync(service.Data.Store, "disclosure"));
        Assert.Equal((question.Actor(), "verdict", $"{question.GetProperty("position").GetInt64()}"), (shown.Actor(), shown.Said("disclosed"), shown.Said("again")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_person_in_the_same_form_and_the_same_person_in_a_new_form_are_looked_up(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var colleague = await service.SignInAsync(Roles.WindowOfficer);
        var form = await FormAsync(window);

        var first = await SendAsync(window, form, DeskPages.Here, DeskPages.HereName);
        var changed = await SendAsync(window, form, DeskPages.Here, "王刚强");
        var anew = await SendAsync(window, first.QuerySelector($"form[action='{Window}']")!, DeskPages.Here, DeskPages.HereName);
        // The number of somebody else's form is another form.
        var theirs = await FormAsync(colleague);
        theirs.QuerySelector("input[name=form]")!.SetAttribute("value", form.QuerySelector("input[name=form]")!.GetAttribute("value")!);
        var elsewhere = await SendAsync(colleague, theirs, DeskPages.Here, DeskPages.HereName);

        Assert.Equal(["consistent", "inconsistent", "consistent", "consistent"], new[] { first, changed, anew, elsewhere }.Select(WorkbenchTests.Verdict));
        Assert.Equal(4, (await QuestionsAsync(service)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_verdict_is_shown_again_for_a_short_while_only_and_then_the_page_says_when_it_was_given(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var form = await FormAsync(window);
        await SendAsync(window, form, DeskPages.Here, DeskPages.HereName);

        service.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await SendAsync(window, form, DeskPages.Here, DeskPages.HereName, HttpStatusCode.Conflict);

        Assert.Null(WorkbenchTests.Verdict(late));
        Assert.Contains("没有再查", late.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Single(await QuestionsAsync(service));
        Assert.Empty(await LedgerLeaves.OfAsync(service.Data.Store, "disclosure"));
        Assert.Equal("consistent", WorkbenchTests.Verdict(await SendAsync(window, late.QuerySelector($"form[action='{Window}']")!, DeskPages.Here, DeskPages.HereName)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_form_without_its_number_is_refused(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var form = await FormAsync(window);
        form.QuerySelector("input[name=form]")!.SetAttribute("value", "1");

        var refused = await SendAsync(window, form, DeskPages.Here, DeskPages.HereName, HttpStatusCode.BadRequest);

        Assert.Contains("表单不完整", refused.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await QuestionsAsync(service));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_one_form_sent_many_times_at_once_one_is_done_and_all_show_its_verdict(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var form = await FormAsync(window);

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync(window, form, DeskPages.Here, DeskPages.HereName))));

        Assert.All(pages, page => Assert.Equal("consistent", WorkbenchTests.Verdict(page)));
        Assert.Single(pages.Select(Receipt).Distinct());
        Assert.Single(pages, page => page.QuerySelector(".verdict-card .advice") is null);
        Assert.Single(await QuestionsAsync(service));
        Assert.Equal(7, (await LedgerLeaves.OfAsync(service.Data.Store, "disclosure")).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_verdict_is_not_shown_again_while_that_cannot_be_logged(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        var officer = await service.App.Services.GetRequiredService<ActorLoad>().OfficerAsync("W1", default);
        var question = new PersonQuestion { Purpose = "public-service", Number = DeskPages.Here, Name = DeskPages.HereName };
        Assert.True(SentForm.Of(officer!, SentForm.NewId(), "verify").Ok(out var form, out _));
        var isDown = false;
        AppendEntry append = (entry, stop) => isDown ? throw new LedgerUnavailableException("down") : service.Ledger.AppendAsync(entry, stop);
        var verify = ActivatorUtilities.CreateInstance<VerifyPerson>(service.App.Services, append);

        Assert.True((await verify.RunAsync(officer!, question, form, default)).Ok(out var first, out _));
        isDown = true;

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => verify.RunAsync(officer!, question, form, default));
        isDown = false;
        Assert.True((await verify.RunAsync(officer!, question, form, default)).Ok(out var again, out _));
        Assert.Equal((first.Core, first.Position, true), (again.Core, again.Position, again.IsRepeat));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_several_hosts_one_does_a_form_and_what_was_done_goes_with_the_session(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var other = ground.OpenAnother();
        var forms = new SentForms(ground.Store, new SignInOptions(), ground.Clock);
        var actor = new Actor { Id = "officer/J1", Kind = ActorKind.Officer, Name = "甲", Session = "s", SignedInAt = ground.Clock.Now, ProvedAt = ground.Clock.Now };
        Assert.True(SentForm.Of(actor, SentForm.NewId(), "test").Ok(out var form, out _));

        var receipts = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? ground.Ledger : other).AppendAsync(
            new NewEntry("decision", actor.Id, "{}"u8.ToArray()) { Companions = [StatementCompanion.Of(forms.Done(form, $"{i}"))] }, default))));

        var done = await forms.FindAsync(form, default);
        var receipt = Assert.Single(receipts.OfType<LedgerReceipt>());
        Assert.Equal((receipt.Position, $"{Array.IndexOf(receipts, receipt)}"), (done!.Position, done.Result));
        Assert.Equal(0, await forms.ForgetAsync(ground.Clock.Now, default));
        Assert.Equal(1, await forms.ForgetAsync(ground.Clock.Now + new SignInOptions().LongestFor + TimeSpan.FromSeconds(1), default));
        await other.DisposeAsync();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_came_of_a_form_is_read_by_whoever_sends_it_again_and_by_nobody_else(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var forms = new SentForms(ground.Store, new SignInOptions(), ground.Clock);
        var actor = new Actor { Id = "officer/J1", Kind = ActorKind.Officer, Name = "甲", Session = "s", SignedInAt = ground.Clock.Now, ProvedAt = ground.Clock.Now };
        var id = SentForm.NewId();
        var kept = new List<string>();
        foreach (var (content, verdict) in new[] { ("一", new AnswerCore(0x3)), ("二", new AnswerCore(0x8000_0000_1234_5678)) })
        {
            Assert.True(SentForm.Of(actor, id, content).Ok(out var form, out _));
            await ground.Ledger.AppendAsync(new NewEntry("decision", actor.Id, "{}"u8.ToArray()) { Companions = [StatementCompanion.Of(forms.Done(form, AskedForm.Write(verdict, ground.Clock.Now)))] }, default);
            await using var connection = await ground.Store.OpenAsync(default);
            kept.Add((string)(await connection.ScalarAsync(null, "select result from sent_forms where digest = @digest", default, ("digest", form.Digest)))!);

            Assert.True(SentForm.Of(actor, id, content).Ok(out var again, out _));
            Assert.Equal((verdict, ground.Clock.Now), AskedForm.Read((await forms.FindAsync(again, default))!.Result));
        }

        var asOf = Instants.ToMicroseconds(ground.Clock.Now).ToString(CultureInfo.InvariantCulture);
        Assert.All(kept, text => Assert.DoesNotContain(asOf, text, StringComparison.Ordinal));
        Assert.All(kept, text => Assert.DoesNotContain(asOf, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)), StringComparison.Ordinal));
        // Nor is one told from the other by its length.
        Assert.Single(kept.Select(text => text.Length).Distinct());
        Assert.True(SentForm.Of(actor, SentForm.NewId(), "一").Ok(out var other, out _));
        Assert.ThrowsAny<CryptographicException>(() => other.Open(kept[0]));
        // Of an earlier version.
        Assert.Equal("3f 1772674200000000", other.Open("3f 1772674200000000"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_request_sent_many_times_is_one_request_with_one_file(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var page = await DeskPages.PageAsync(ground.Clerk, "/workbench/requests/new");
        Task<HttpResponseMessage> SendAsync(string note) => DeskGround.PostFormAsync(
            ground.Clerk, "/workbench/requests/new",
            [.. new[] { "__RequestVerificationToken", "form" }.Select(name => (name, page.QuerySelector($"main input[name={name}]")!.GetAttribute("value")!)), ("fact", "identity"), ("ground", DeskGround.Ground), ("cadence", "month"), ("note", note)],
            "名单.csv", DeskGround.Rows);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SendAsync("请协助"))));
        using var later = await SendAsync("请协助");
        using var another = await SendAsync("另一件");

        var first = Assert.Single(answers.Append(later).Select(answer => answer.Headers.Location?.OriginalString).Distinct());
        Assert.StartsWith("/workbench/requests/", first, StringComparison.Ordinal);
        Assert.NotEqual(first, another.Headers.Location!.OriginalString);
        Assert.Equal(2L, await CountAsync(ground.Service, "exchange_requests"));
        Assert.Equal(2, Directory.GetDirectories(ground.Service.App.Services.GetRequiredService<RequestFiles>().Options.JobsDirectory).Length);
        foreach (var answer in answers) answer.Dispose();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objection_and_a_dispute_sent_twice_are_one_and_the_second_sending_leads_to_it(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        await ground.ActAsync(id, "Release");
        using var citizen = await ground.Service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);
        var access = (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelector(".access a")!.GetAttribute("href")!;
        var objection = (await DeskPages.PageAsync(citizen, access)).QuerySelector("main form")!;
        var dispute = (await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}")).QuerySelector("form[action$='handler=Dispute']")!;

        var objected = await TwiceAsync(() => DeskPages.PostAsync(citizen, access, objection, ("reason", "not-known"), ("words", "请说明")));
        var disputed = await TwiceAsync(() => DeskPages.PostAsync(ground.Clerk, $"/workbench/requests/{id}?handler=Dispute", dispute, ("rows", "3"), ("reason", "differs-from-document"), ("words", "")));

        Assert.StartsWith("/hall/objections/", Assert.Single(objected.Distinct()), StringComparison.Ordinal);
        Assert.Equal($"/workbench/requests/{id}", Assert.Single(disputed.Distinct()));
        Assert.Equal(2L, await CountAsync(ground.Service, "objections"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_explanation_and_a_decision_sent_twice_are_written_once(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        using var supervisor = await service.SignInAsync(Roles.Supervisor);
        var person = PersonKey.Of(Matching.Values.CitizenNumber.Pack(DeskPages.Here));
        for (var i = 0; i < 3; i++)
        {
            var look = await service.App.Services.GetRequiredService<WatchRecorder>().ForPersonAsync(new WatchedOfficer("officer/W1", TestStaff.Station.Office, "220102"), "household-registration", person, isFound: true, default);
            await service.Ledger.AppendAsync(new NewEntry("question", "officer/W1", "{}"u8.ToArray()) { Companions = [look] }, default);
        }

        await service.App.Services.GetRequiredService<RaiseFindings>().RunOnceAsync(default);
        var path = (await DeskPages.PageAsync(officer, "/workbench/alerts")).QuerySelector("tbody a")!.GetAttribute("href")!;
        var explanation = (await DeskPages.PageAsync(officer, path)).QuerySelector("form[action$='handler=Explain']")!;
        var decision = (await DeskPages.PageAsync(supervisor, path)).QuerySelector("form[action$='handler=Decide']")!;
        var before = (await LedgerLeaves.OfAsync(service.Data.Store, "decision")).Count;

        var explained = await TwiceAsync(() => DeskPages.PostAsync(officer, path + "?handler=Explain", explanation, ("words", "三次核对。")));
        var decided = await TwiceAsync(() => DeskPages.PostAsync(supervisor, path + "?handler=Decide", decision, ("outcome", "justified"), ("note", "属实。")));

        Assert.Equal(path + "?saved", Assert.Single(explained.Concat(decided).Distinct()));
        Assert.Equal(before + 2, (await LedgerLeaves.OfAsync(service.Data.Store, "decision")).Count);
    }

    private static async Task<IElement> FormAsync(HttpClient window) => (await DeskPages.PageAsync(window, Window)).QuerySelector($"form[action='{Window}']")!;

    private static async Task<IDocument> SendAsync(HttpClient window, IElement form, string number, string name, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await DeskPages.PostAsync(window, Window, form, ("number", number), ("name", name), ("purpose", "public-service"));
        Assert.Equal(expected, answer.StatusCode);
        return await HallClient.ParseAsync(answer);
    }

    // At the same moment, and once more when both are over: where each of them leads.
    private static async Task<IReadOnlyList<string?>> TwiceAsync(Func<Task<HttpResponseMessage>> send)
    {
        var answers = (await Task.WhenAll(Task.Run(send), Task.Run(send))).Append(await send()).ToList();
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        return [.. answers.Select(answer => answer.Headers.Location?.OriginalString)];
    }

    private static string? Receipt(IDocument page) => page.QuerySelector("a[href^='/workbench/receipts/']")!.GetAttribute("href");

    private static Task<IReadOnlyList<System.Text.Json.JsonElement>> QuestionsAsync(TestService service) => LedgerLeaves.OfAsync(service.Data.Store, "question");

    private static async Task<long> CountAsync(TestService service, string table)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        return Convert.ToInt64(await connection.ScalarAsync(null, $"select count(*) from {table}", default), null);
    }
}
