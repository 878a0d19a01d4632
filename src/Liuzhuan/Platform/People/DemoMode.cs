using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People;

/// <summary>Whether one may sign in as anybody with a button. Only where nothing but this computer can reach the service: whatever hints at another way in is refused.</summary>
internal sealed record DemoMode(bool IsOn)
{
    /// <summary>The purpose under which the demonstration's agency asks.</summary>
    public const string Purpose = "demonstration";

    private static readonly string[] OfProxies = ["Forwarded", "X-Real-IP", "Via"];

    /// <summary>A demonstration that would be reached from elsewhere does not start.</summary>
    public static Refusal? Check(bool isDemo, string? listen, Uri? publicAddress) => isDemo && (listen is { Length: > 0 } || publicAddress is not null)
        ? new Refusal("demo.outward",
            "演示模式可以不用密码登录，所以只能在本机使用：请去掉 Serve__Listen 和 Serve__PublicAddress，或改用 serve 正式运行。",
            "In a demonstration one signs in without a password, so it stays on this computer: remove Serve__Listen and Serve__PublicAddress, or run \"serve\" instead.")
        : null;

    /// <summary>Refuses what came through a proxy or under another name than localhost.</summary>
    public Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsOn || (http.Request.Host.Host == "localhost" && !http.Request.Headers.Keys.Any(IsOfProxy))) return next(http);
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("演示模式只能在本机用 http://localhost 打开，不经过代理。\nA demonstration opens only on this computer, as http://localhost, without a proxy.\n", http.RequestAborted);
    }

    private static bool IsOfProxy(string header) => header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || OfProxies.Contains(header, StringComparer.OrdinalIgnoreCase);
}
