using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Desk;

/// <summary>A school's clerk and the liaison of the same county, in their browsers.</summary>
internal sealed class DeskGround : IAsyncDisposable
{
    public static readonly Post School = new("220102770000", "演示县第一中学", "12220102DEMX00031T", "演示县教育局", "220102", OfficeLevel.County);

    public static readonly Post Bureau = new("220102000000", "演示县公安局", "11220000DEMX00014C", "演示市公安局", "220102", OfficeLevel.County);

    public const string ClerkId = "JC", LiaisonId = "JL";

    /// <summary>The ground on which requests are handed in, and its words.</summary>
    public const string Ground = "public-service/government-data-2", GroundWords = "政务数据共享条例第二条";

    private DeskGround(TestService service, HttpClient clerk, HttpClient liaison) => (Service, Clerk, Liaison) = (service, clerk, liaison);

    public TestService Service { get; }

    public HttpClient Clerk { get; }

    public HttpClient Liaison { get; }

    public static async Task<DeskGround> StartAsync(string database)
    {
        var service = await TestService.StartAsync(database);
        return new DeskGround(service, await service.SignInAsync(Roles.AgencyClerk, School, ClerkId), await service.SignInAsync(Roles.Liaison, Bureau, LiaisonId));
    }

    public static byte[] Rows { get; } = Encoding.UTF8.GetBytes($"姓名,身份号码,性别\n{DeskPages.HereName},{DeskPages.Here},2\n{DeskPages.ThereName},{DeskPages.There},1\n李四,{DeskPages.Here},2\n");

    /// <summary>As if everybody signed in had last proved their identity too long ago.</summary>
    public static async Task ForgetProofsAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        await connection.ExecuteAsync(null, "update sessions set proved_at = @then", default, ("then", service.Clock.GetUtcNow() - service.App.Services.GetRequiredService<SignInOptions>().ProofFor));
    }

    /// <summary>Submits a file and gives back the id of the request.</summary>
    public async Task<string> SubmitAsync(string cadence = "month", byte[]? content = null, HttpClient? clerk = null, string name = "名单.csv")
    {
        using var answer = await TrySubmitAsync(cadence, Ground, content, clerk, name);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    public async Task<HttpResponseMessage> TrySubmitAsync(string cadence, string ground = Ground, byte[]? content = null, HttpClient? clerk = null, string name = "名单.csv")
    {
        clerk ??= Clerk;
        var page = await DeskPages.PageAsync(clerk, "/workbench/requests/new");
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var number = page.QuerySelector("main input[name=form]")!.GetAttribute("value")!;
        return await PostFormAsync(clerk, "/workbench/requests/new", [("__RequestVerificationToken", token), ("form", number), ("fact", "identity"), ("ground", ground), ("cadence", cadence), ("note", "请协助")], name, content ?? Rows);
    }

    /// <summary>As browsers write it: fields in their order, the file last.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient browser, string path, IReadOnlyList<(string Name, string Value)> fields, string fileName, byte[] content)
    {
        var head = string.Concat(fields.Select(field => $"--x\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"))
            + $"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{fileName}\"\r\nContent-Type: text/csv\r\n\r\n";
        using var form = new ByteArrayContent([.. Encoding.UTF8.GetBytes(head), .. content, .. "\r\n--x--\r\n"u8]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return await browser.PostAsync(path, form);
    }

    /// <summary>Presses a button of the liaison's page of a request.</summary>
    public async Task<HttpStatusCode> ActAsync(string id, string handler, string reason = "", HttpClient? liaison = null)
    {
        var path = $"/workbench/queue/{id}";
        var page = await DeskPages.PageAsync(liaison ?? Liaison, path);
        return page.QuerySelector($"form[action$='handler={handler}']") is { } form ? await PressAsync(liaison ?? Liaison, path + "?handler=" + handler, form, reason) : HttpStatusCode.NotFound;
    }

    public static async Task<HttpStatusCode> PressAsync(HttpClient browser, string path, IElement form, string reason = "")
    {
        using var answer = await DeskPages.PostAsync(browser, path, form, ("reason", reason));
        return answer.StatusCode;
    }

    /// <summary>Takes the request on and waits until its file is verified.</summary>
    public async Task OpenAsync(string id)
    {
        Assert.Equal(HttpStatusCode.SeeOther, await ActAsync(id, "Open"));
        for (var attempts = 0; attempts < 2000; attempts++)
        {
            if ((await DeskPages.PageAsync(Liaison, $"/workbench/queue/{id}")).QuerySelector("[data-running]") is null) return;
            await Task.Delay(25);
        }

        throw new TimeoutException("The file was not verified.");
    }

    public async ValueTask DisposeAsync()
    {
        Clerk.Dispose();
        Liaison.Dispose();
        await Service.DisposeAsync();
    }
}
