using System.Globalization;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Web;

/// <summary>The language of the reader: Chinese, or English once chosen with <c>?lang=en</c>; a cookie keeps the choice.</summary>
internal sealed class PageLanguage(IHttpContextAccessor http)
{
    public const string Chinese = "zh";
    public const string English = "en";

    private const string Choice = "lang";
    private const string CookieName = "liuzhuan.lang";

    // China has one time zone and no summer time.
    private static readonly TimeSpan BeijingTime = TimeSpan.FromHours(8);
    private static readonly string[] WeekdaysZh = ["日", "一", "二", "三", "四", "五", "六"];

    public string Language { get; } = http.HttpContext is { } context ? Of(context) : Chinese;

    /// <summary>The value of the html element's lang attribute.</summary>
    public string Tag => Language == English ? "en" : "zh-CN";

    public string this[Text text] => text.In(Language);

    public string this[Refusal refusal] => refusal.In(Language);

    public string Format(Text text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text.In(Language), values);

    /// <summary>2026年3月5日（周四） or Thu 5 Mar 2026.</summary>
    public string Date(DateTimeOffset instant)
    {
        var day = instant.ToOffset(BeijingTime);
        return Language == English
            ? day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
            : $"{day.Year}年{day.Month}月{day.Day}日（周{WeekdaysZh[(int)day.DayOfWeek]}）";
    }

    /// <summary>The day and the time of day in Beijing, to the minute.</summary>
    public string Moment(DateTimeOffset instant) => $"{Date(instant)} {instant.ToOffset(BeijingTime).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) =>
        whole == 0 ? "0%" : ((double)part / whole).ToString(part > 0 && part * 1000 < whole ? "0.000%" : "0.#%", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GB"),
    };

    /// <summary>Keeps a choice made with <c>?lang=</c> for a year.</summary>
    public static Task RememberAsync(HttpContext context, RequestDelegate next)
    {
        if (Known(context.Request.Query[Choice]) is { } chosen)
            context.Response.Cookies.Append(CookieName, chosen, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = context.Request.IsHttps });
        return next(context);
    }

    private static string Of(HttpContext context) =>
        Known(context.Request.Query[Choice]) ?? Known(context.Request.Cookies[CookieName]) ?? Chinese;

    private static string? Known(string? language) => language is Chinese or English ? language : null;
}
