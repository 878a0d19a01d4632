using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Liuzhuan.Tests;

/// <summary>Reads pages and sends their forms as a browser without script does.</summary>
internal static class PageForm
{
    public static async Task<IDocument> ReadAsync(HttpClient browser, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await browser.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        return await ReadAsync(response);
    }

    public static async Task<IDocument> ReadAsync(HttpResponseMessage response) => await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    /// <summary>Sends a form of the page at <paramref name="path"/> with its hidden fields, and others in the place of those or beside them.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, IElement form, params (string Name, string Value)[] others)
    {
        var given = form.QuerySelectorAll("input[name]:not([type=checkbox]):not([type=file]), textarea[name]").Select(field => (Name: field.GetAttribute("name")!, Value: field.GetAttribute("value") ?? field.TextContent));
        var fields = given.Where(field => others.All(other => other.Name != field.Name)).Concat(others).Select(field => KeyValuePair.Create(field.Name, field.Value));
        return browser.PostAsync(form.GetAttribute("action") ?? path, new FormUrlEncodedContent(fields));
    }

    /// <summary>Sends a form that holds one file.</summary>
    public static Task<HttpResponseMessage> SendFileAsync(HttpClient browser, string path, IElement form, string text)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "notice.yaml" } };
        foreach (var field in form.QuerySelectorAll("input[type=hidden]")) content.Add(new StringContent(field.GetAttribute("value") ?? ""), field.GetAttribute("name")!);
        return browser.PostAsync(form.GetAttribute("action") ?? path, content);
    }

    public static string Words(this IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
