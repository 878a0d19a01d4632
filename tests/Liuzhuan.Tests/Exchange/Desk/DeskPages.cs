using System.Net;
using AngleSharp.Dom;
using Liuzhuan.Tests.Exchange.Hall;

namespace Liuzhuan.Tests.Exchange.Desk;

/// <summary>What somebody without script does on the pages of windows, desks and the hall.</summary>
internal static class DeskPages
{
    // Registered in the county of the test's station, and in another one of the province.
    public const string Here = "321002196502238525", HereName = "王强刚", There = "220202200702181987", ThereName = "张军梅";

    public static async Task<IDocument> PageAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await HallClient.ParseAsync(answer);
    }

    /// <summary>Posts a form as it stands on a page, with some of its values changed.</summary>
    /// <param name="path">Where it goes; a form without an action goes to the page it stands on.</param>
    public static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, IElement form, params (string Name, string Value)[] changed)
    {
        var values = form.QuerySelectorAll("input[name], select[name], textarea[name]").Where(field => field.GetAttribute("type") is not ("radio" or "checkbox") || field.HasAttribute("checked"))
            .Select(field => (Name: field.GetAttribute("name")!, Value: field.GetAttribute("value") ?? "")).Where(field => !changed.Any(one => one.Name == field.Name)).Concat(changed);
        return browser.PostAsync(path, new FormUrlEncodedContent(values.Select(field => KeyValuePair.Create(field.Name, field.Value))));
    }

    /// <summary>Verifies one person at a window.</summary>
    public static async Task<IDocument> AskAsync(HttpClient window, string number, string name, string purpose = "public-service", params (string Name, string Value)[] more)
    {
        var page = await PageAsync(window, "/workbench/verify");
        using var answer = await PostAsync(window, "/workbench/verify", page.QuerySelector("form[action='/workbench/verify']")!, [("number", number), ("name", name), ("purpose", purpose), .. more]);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        return await HallClient.ParseAsync(answer);
    }
}
