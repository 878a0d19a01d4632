using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Liuzhuan.Tests.Exchange.Hall;

/// <summary>What a browser without script does on the drop page.</summary>
internal sealed class HallClient(Uri address, CookieContainer? cookies = null) : IDisposable
{
    public HallClient(TestApp app, CookieContainer? cookies = null)
        : this(app.Address, cookies)
    {
    }

    public HttpClient Http { get; } = TestApp.Browser(address, cookies);

    public static byte[] Rows(int rows) => Encoding.UTF8.GetBytes("姓名,身份号码\n" + string.Concat(Enumerable.Repeat("高静伟,210102197702083533\n", rows)));

    public async Task<IDocument> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return await ParseAsync(answer);
    }

    public static async Task<IDocument> ParseAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    public async Task<string> TokenAsync(string path = "/") =>
        (await PageAsync(path)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public async Task<HttpResponseMessage> PostAsync(string? token, string fileName, byte[] content)
    {
        // As browsers write it: the token first, the file's name in plain UTF-8.
        var head = (token is null ? "" : $"--x\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n")
            + $"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{fileName}\"\r\nContent-Type: text/csv\r\n\r\n";
        using var form = new ByteArrayContent([.. Encoding.UTF8.GetBytes(head), .. content, .. "\r\n--x--\r\n"u8]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = form };
        return await Http.SendAsync(request);
    }

    /// <summary>Drops a file and returns the address of its job.</summary>
    public async Task<string> DropAsync(string fileName, int rows = 10)
    {
        using var answer = await PostAsync(await TokenAsync(), fileName, Rows(rows));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Reloads the job page, as the page itself does without script, until the work has ended.</summary>
    public async Task<IDocument> EndedAsync(string job)
    {
        for (var attempts = 0; attempts < 400; attempts++)
        {
            var page = await PageAsync(job);
            if (page.QuerySelector("progress") is null || page.QuerySelector(".problem:not([hidden])") is not null) return page;
            await Task.Delay(25);
        }

        throw new TimeoutException($"{job} did not end.");
    }

    public void Dispose() => Http.Dispose();
}
