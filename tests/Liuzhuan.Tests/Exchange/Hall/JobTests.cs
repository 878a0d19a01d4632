using System.Net;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Hall;

public sealed class JobTests
{
    [Theory]
    [InlineData("/jobs/00000000000000000000000000000000")]
    [InlineData("/jobs/x")]
    [InlineData("/jobs/..%2f..%2fetc")]
    [InlineData("/jobs/00000000000000000000000000000000/result")]
    [InlineData("/jobs/00000000000000000000000000000000/progress")]
    [InlineData("/jobs/ABCDEFABCDEFABCDEFABCDEFABCDEFAB/delete")]
    [InlineData("/nothing/here")]
    public async Task An_unknown_address_gets_a_page_that_helps_in_both_languages(string path)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var page = await client.PageAsync(path, HttpStatusCode.NotFound);

        Assert.Equal("没有找到这个页面", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("This page was not found", page.QuerySelector("[lang=en] strong")!.TextContent);
    }

    [Fact]
    public async Task A_running_job_shows_how_far_it_is_and_reloads_itself_without_script()
    {
        var script = new ScriptedVerify();
        await using var app = await TestApp.StartAsync(script.Run);
        using var client = new HallClient(app);
        var job = await client.DropAsync("slow.csv");
        await script.Begun.Task;

        var page = await client.PageAsync(job);
        var part = await client.PageAsync(job + "/progress");

        Assert.Equal("43", page.QuerySelector("main progress")!.GetAttribute("value"));
        Assert.Equal("2", page.QuerySelector("noscript meta[http-equiv=refresh]")!.GetAttribute("content"));
        Assert.Equal("已核验 43,210 行，约 43%。", part.QuerySelector("[role=status]")!.TextContent);
        Assert.Null(part.QuerySelector("h1"));
        using var early = await client.Http.GetAsync(job + "/result");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        script.Release();
        Assert.NotNull((await client.EndedAsync(job)).QuerySelector(".chart"));
    }

    [Fact]
    public async Task Where_nobody_is_signed_in_a_download_is_logged_as_the_operators()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        var job = await client.DropAsync("plain.csv");
        await client.EndedAsync(job);

        using var result = await client.Http.GetAsync(job + "/result");

        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
        var entry = Assert.Single(await LedgerLeaves.OfAsync(app.Services.GetRequiredService<DataStore>(), "disclosure"));
        Assert.Equal((HallEngine.Operator, "result", job[^6..]), (entry.Actor(), entry.Said("disclosed"), entry.Said("job")));
    }

    [Fact]
    public async Task A_refused_file_shows_the_sentence_and_the_form_again()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var page = await client.EndedAsync(await client.DropAsync("refused.csv"));

        Assert.Equal(ScriptedVerify.NoHeader.Chinese, page.QuerySelector(".problem .lead")!.TextContent);
        Assert.NotNull(page.QuerySelector("form input[type=file]"));
    }

    [Fact]
    public async Task A_fault_is_told_without_its_insides_and_the_next_file_is_served()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var failed = await client.EndedAsync(await client.DropAsync("fault.csv"));
        var next = await client.EndedAsync(await client.DropAsync("good.csv"));

        Assert.Equal("核验没有完成", failed.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("made to fail", failed.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.NotNull(next.QuerySelector(".chart"));
    }

    [Fact]
    public async Task Deleting_needs_the_token_and_leaves_nothing()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        var job = await client.DropAsync("a.csv");
        await client.EndedAsync(job);

        using var forged = await client.Http.PostAsync(job + "/delete", null);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Single(Directory.GetDirectories(app.JobsFolder));

        await DeleteAsync(client, job);

        Assert.Empty(Directory.GetDirectories(app.JobsFolder));
        await client.PageAsync(job, HttpStatusCode.NotFound);
        await client.PageAsync(job + "/result", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Deleting_stops_a_running_verification()
    {
        var script = new ScriptedVerify();
        await using var app = await TestApp.StartAsync(script.Run);
        using var client = new HallClient(app);
        var job = await client.DropAsync("slow.csv");
        await script.Begun.Task;

        await DeleteAsync(client, job);

        await client.PageAsync(job, HttpStatusCode.NotFound);
        // Both workers are free again.
        await client.EndedAsync(await client.DropAsync("b.csv"));
        await client.EndedAsync(await client.DropAsync("c.csv"));
        Assert.Equal(2, Directory.GetDirectories(app.JobsFolder).Length);
    }

    [Fact]
    public async Task After_its_time_a_job_is_gone_even_before_it_is_swept()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        var old = await client.DropAsync("a.csv");
        await client.EndedAsync(old);
        app.Clock.Now += TimeSpan.FromDays(6);
        var young = await client.DropAsync("b.csv");
        await client.EndedAsync(young);
        await client.PageAsync(old);

        app.Clock.Now += TimeSpan.FromDays(1);

        await client.PageAsync(old, HttpStatusCode.NotFound);
        Assert.Equal(1, app.Services.GetRequiredService<JobStore>().DeleteExpired(app.Clock.Now));
        await client.PageAsync(young);
        Assert.Single(Directory.GetDirectories(app.JobsFolder));
    }

    [Fact]
    public async Task A_job_speaks_the_language_of_its_reader_and_its_file_that_of_its_sender()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        await client.PageAsync("/?lang=en");

        var job = await client.DropAsync("a.csv", 20);
        var english = await client.EndedAsync(job);
        var chinese = await client.PageAsync(job + "?lang=zh");

        Assert.Equal("Verified", english.QuerySelector("h1")!.TextContent);
        Assert.Equal("zh-CN", chinese.DocumentElement.GetAttribute("lang"));
        using var result = await client.Http.GetAsync(job + "/result");
        Assert.Equal("a-verified.csv", result.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task The_chart_tells_the_same_numbers_as_the_table()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var page = await client.EndedAsync(await client.DropAsync("a.csv", 2000));

        var table = page.QuerySelectorAll("tr[data-verdict]").Select(row => row.QuerySelectorAll(".number")).Select(cells => $"{cells[0].TextContent} · {cells[1].TextContent}");
        Assert.Equal(table, page.QuerySelectorAll(".chart-count").Select(text => text.TextContent));
        Assert.Contains("1,458", page.QuerySelector(".chart desc")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("img", page.QuerySelector(".chart")!.GetAttribute("role"));
    }

    private static async Task DeleteAsync(HallClient client, string job)
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", await client.TokenAsync(job + "/delete"))]);
        using var answer = await client.Http.PostAsync(job + "/delete", form);
        Assert.Equal("/deleted", answer.Headers.Location!.OriginalString);
    }
}
