using System.Net;
using System.Text;
using Liuzhuan.Exchange.Hall;

namespace Liuzhuan.Tests.Exchange.Hall;

public sealed class UploadTests
{
    private static readonly byte[] Content = HallClient.Rows(3);

    [Fact]
    public async Task A_dropped_file_becomes_a_job_whose_result_can_be_downloaded()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var job = await client.DropAsync("入学 名单.csv", rows: 40);
        var page = await client.EndedAsync(job);

        Assert.Equal("核验完成", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("40", page.QuerySelector("tr.total .number")!.TextContent);
        using var result = await client.Http.GetAsync(job + "/result");
        Assert.Equal("入学 名单-核验结果.csv", result.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal(HallClient.Rows(40), await result.Content.ReadAsByteArrayAsync());
        using var problems = await client.Http.GetAsync(job + "/problems");
        Assert.Equal("入学 名单-待处理行.csv", problems.Content.Headers.ContentDisposition!.FileNameStar);
        using var report = await client.Http.GetAsync(job + "/report");
        Assert.Equal("application/json", report.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("CfDJ8-made-up")]
    public async Task Without_a_valid_token_nothing_is_taken(string? token)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        await client.TokenAsync();

        using var answer = await client.PostAsync(token, "a.csv", Content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await ShowsAsync(answer, UploadReader.FormExpired.Chinese);
        Assert.Empty(Directory.GetDirectories(app.JobsFolder));
    }

    [Fact]
    public async Task A_token_of_another_browser_is_refused()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var victim = new HallClient(app);
        using var other = new HallClient(app);
        await victim.TokenAsync();

        using var answer = await victim.PostAsync(await other.TokenAsync(), "a.csv", Content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_over_the_limit_gets_a_page_that_says_so_and_leaves_nothing()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run, options => options with { MaxUploadBytes = 1 << 20 });
        using var client = new HallClient(app);
        var token = await client.TokenAsync();

        using var over = await client.PostAsync(token, "a.csv", new byte[(1 << 20) + 1]);
        using var exact = await client.PostAsync(token, "a.csv", new byte[1 << 20]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
        await ShowsAsync(over, UploadReader.TooLarge(1 << 20).Chinese);
        Assert.Equal(HttpStatusCode.SeeOther, exact.StatusCode);
        Assert.Single(Directory.GetDirectories(app.JobsFolder));
    }

    [Theory]
    [InlineData("photo.jpg", 415)]
    [InlineData("noextension", 415)]
    [InlineData("", 400)]
    [InlineData(".csv", 415)]
    public async Task Another_kind_of_file_is_refused_at_once(string name, int status)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        using var answer = await client.PostAsync(await client.TokenAsync(), name, Content);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotNull((await HallClient.ParseAsync(answer)).QuerySelector("input[type=file]"));
        Assert.Empty(Directory.GetDirectories(app.JobsFolder));
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        using var answer = await client.PostAsync(await client.TokenAsync(), "a.csv", []);

        await ShowsAsync(answer, UploadReader.EmptyFile.Chinese);
        Assert.Empty(Directory.GetDirectories(app.JobsFolder));
    }

    [Fact]
    public async Task A_hostile_file_name_is_only_a_name()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var job = await client.DropAsync("../../etc/<img src=x onerror=alert(1)>.csv");
        var page = await client.EndedAsync(job);

        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.Equal("_img src=x onerror=alert(1)_.csv", page.QuerySelector(".eyebrow")!.TextContent);
        Assert.All(Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories), file => Assert.StartsWith(app.Folder, Path.GetFullPath(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\nabc")]
    [InlineData("")]
    [InlineData("--x--\r\n")]
    [InlineData("no boundary at all")]
    public async Task A_broken_form_is_refused_not_a_fault(string body)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var answer = await client.Http.PostAsync("/", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);
        var token = await client.TokenAsync();
        var head = $"--x\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n姓名,号码";
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(head));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var answer = await client.Http.PostAsync("/", content);

        await ShowsAsync(answer, UploadReader.Broken.Chinese);
        Assert.Empty(Directory.GetDirectories(app.JobsFolder));
    }

    private static async Task ShowsAsync(HttpResponseMessage answer, string sentence) =>
        Assert.Equal(sentence, (await HallClient.ParseAsync(answer)).QuerySelector("[data-problem-text]")!.TextContent);
}
