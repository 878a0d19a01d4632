using System.Net;
using System.Text;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Desk;

/// <summary>A request that is sent back: what its agency reads, and for how long.</summary>
public class ReturnTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_returned_request_says_why_stops_the_clock_and_is_over(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync(content: Encoding.UTF8.GetBytes("致：公安局\n请协助。\n"));
        await ground.OpenAsync(id);
        var unfit = await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}");

        Assert.Null(unfit.QuerySelector("form[action$='handler=Release']"));
        Assert.Contains("标题行", unfit.QuerySelector("#reason")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await ground.ActAsync(id, "Return", " "));
        Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Return", "请按姓名、身份号码两列重新提交。"));
        Assert.Equal(HttpStatusCode.NotFound, await ground.ActAsync(id, "Release"));

        var returned = await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}");
        Assert.Contains("请按姓名、身份号码两列重新提交。", returned.Body!.TextContent, StringComparison.Ordinal);
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        async Task<string> KeptAsync(string columns) => (string)(await connection.ScalarAsync(null, $"select {columns} from exchange_requests", default))!;
        var salt = await KeptAsync("return_salt");
        Assert.Equal(
            WordDigest.Over(salt, "请按姓名、身份号码两列重新提交。"),
            (await LedgerLeaves.OfAsync(ground.Service.Data.Store, "clock"))[^1].GetProperty("detail").GetProperty("matter").GetProperty("words").GetString());
        Assert.Contains("按期办结", returned.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);

        Assert.DoesNotContain("重新提交", await KeptAsync("return_words || coalesce(return_reason, '')"), StringComparison.Ordinal);
        var words = ground.Service.App.Services.GetRequiredService<ReturnWords>();
        Assert.Equal(0, await words.ForgetAsync(ground.Service.Clock.Now + ReturnWords.Keep - TimeSpan.FromSeconds(1), default));
        Assert.Equal(1, await words.ForgetAsync(ground.Service.Clock.Now + ReturnWords.Keep, default));
        Assert.Equal(0, await words.ForgetAsync(ground.Service.Clock.Now + ReturnWords.Keep, default));
        Assert.Equal("", await KeptAsync("return_words || return_salt || coalesce(return_reason, '')"));
        Assert.Contains("内容已删除", (await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}")).QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reason_of_an_earlier_version_is_read_as_it_was_typed_until_its_time_is_over(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.ActAsync(id, "Return", "请补盖章。");
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        await connection.ExecuteAsync(null, "update exchange_requests set return_reason = '从前写的。', return_words = null", default);

        Assert.Equal("从前写的。", (await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}")).QuerySelector("section .said")!.TextContent);
        Assert.Equal(1, await ground.Service.App.Services.GetRequiredService<ReturnWords>().ForgetAsync(ground.Service.Clock.Now + ReturnWords.Keep, default));
        Assert.Equal("", await connection.ScalarAsync(null, "select return_words || coalesce(return_reason, '') from exchange_requests", default));
    }
}
