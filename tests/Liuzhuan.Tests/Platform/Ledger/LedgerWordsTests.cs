using Liuzhuan.Exchange.Objections;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.Ledger;

public class LedgerWordsTests
{
    [Theory]
    [InlineData("321002196502238525")]
    [InlineData("王某（321002196502238525）申请")]
    [InlineData("321002 19650223 8525")]
    [InlineData("321002-19650223-8525")]
    [InlineData("３２１００２１９６５０２２３８５２５")]
    [InlineData("32100219650223852x")]
    [InlineData("32100219650223852Ｘ")]
    [InlineData("号码321002650223852。")]
    // A wrong check digit still tells who it is, and so does a number that something stands right before.
    [InlineData("321002196502238526")]
    [InlineData("1321002196502238525")]
    public void What_is_shaped_like_a_citizen_number_is_found(string text) => Assert.True(LedgerWords.HoldsNumber(text));

    [Theory]
    [InlineData("义务教育法第十二条")]
    [InlineData("吉政办发〔2015〕第 12 号，2016-10-10 至 2020-01-01")]
    [InlineData("（2026）吉0102民初00031号")]
    [InlineData("机构 220102990000，电话 0431-88880001")]
    [InlineData("91220101DEMA00013X")]
    [InlineData("123456789012345678")]
    [InlineData("")]
    public void Documents_cases_dates_and_offices_are_not(string text) => Assert.False(LedgerWords.HoldsNumber(text));

    [Fact]
    public async Task No_role_list_or_grant_is_registered_with_a_reason_that_names_somebody()
    {
        await using var ground = await DeskGround.StartAsync("sqlite");
        var (manage, keep) = (ground.Service.App.Services.GetRequiredService<ManageRoles>(), ground.Service.App.Services.GetRequiredService<KeepWatchLists>());
        const string named = "查证 " + DeskPages.Here;
        var person = PersonKey.Of(CitizenNumber.Pack(DeskPages.There));
        var before = (await ground.Service.Ledger.Log.HeadAsync(default)).Size;

        (await manage.GrantAsync("operator/test", "J7", Roles.Supervisor, named, "规定", default)).Ok(out _, out var reason);
        (await manage.GrantAsync("operator/test", "J7", Roles.Supervisor, "测试", named, default)).Ok(out _, out var provision);
        (await manage.RevokeAsync("operator/test", DeskGround.ClerkId, Roles.AgencyClerk, named, default)).Ok(out _, out var revoked);
        (await keep.AddAsync("operator/test", WatchLists.Neighbours, "officer/N1", [person], named, default)).Ok(out _, out var listed);
        (await ground.Service.Access.AllowAsync(TestService.Court, "identity", TestService.Purpose, named, ["name"], 0, null, default)).Ok(out _, out var allowed);

        Assert.All([reason, provision, revoked, listed, allowed], refusal => Assert.Equal(LedgerWords.NamesSomebody, refusal));
        Assert.Equal(before, (await ground.Service.Ledger.Log.HeadAsync(default)).Size);
    }

    [Fact]
    public async Task Disputed_rows_are_numbers_of_rows_and_nothing_else()
    {
        await using var ground = await DeskGround.StartAsync("sqlite");
        var (id, raise) = (await ground.SubmitAsync(), ground.Service.App.Services.GetRequiredService<RaiseObjection>());
        var clerk = new Actor { Id = "officer/" + DeskGround.ClerkId, Kind = ActorKind.Officer, Name = "甲", Session = "", SignedInAt = ground.Service.Clock.Now, ProvedAt = ground.Service.Clock.Now };
        async Task<string?> WhyNotAsync(string rows) => (await raise.ToRowsAsync(
            clerk, id, rows, ObjectionChoices.Reasons(Objection.Rows)[0].Code, "", null, "演示县公安局", new Asker("", DeskGround.Bureau.Office, DeskGround.Bureau.Agency, "220102"), default)).Ok(out _, out var refusal) ? null : refusal.Code;

        foreach (var rows in new[] { "3", "3、8，12-15；20～22", "3, 8 12" }) Assert.Null(await WhyNotAsync(rows));
        foreach (var rows in new[] { "3 张军梅", "220202200702181987", "3,", "" }) Assert.Equal(ObjectionRefusals.Rows.Code, await WhyNotAsync(rows));
    }
}
