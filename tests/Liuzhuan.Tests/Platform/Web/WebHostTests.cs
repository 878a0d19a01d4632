using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests.Exchange.Hall;

namespace Liuzhuan.Tests.Platform.Web;

public sealed partial class WebHostTests
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("LOCALHOST.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.1.7", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_loopback_names_are_answered(string host, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var http = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = $"{host}:{app.Address.Port}" } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => !IPAddress.IsLoopback(address) && address.AddressFamily == AddressFamily.InterNetwork);

        Assert.Equal("127.0.0.1", app.Address.Host);
        foreach (var address in others)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(address, app.Address.Port));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/deleted")]
    [InlineData("/nothing")]
    [InlineData("/ready")]
    [InlineData("/css/liuzhuan.css")]
    public async Task Every_answer_is_kept_to_itself(string path)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var http = app.Browser();

        using var answer = await http.GetAsync(path);

        string Header(string name) => string.Join(",", answer.Headers.GetValues(name));
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal(!path.StartsWith("/css", StringComparison.Ordinal), answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Cookies_stay_on_the_site_and_away_from_script()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var http = app.Browser();

        using var answer = await http.GetAsync("/?lang=en");

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(3, cookies.Count);
        Assert.All(cookies, cookie => Assert.Matches("(?i)samesite=(strict|lax).*httponly", cookie));
    }

    [Fact]
    public async Task A_page_holds_no_inline_script_or_style_and_its_assets_exist()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var client = new HallClient(app);

        var page = await client.EndedAsync(await client.DropAsync("a.csv", 50));

        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick]"));
        foreach (var address in page.QuerySelectorAll("script[src], link[href]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")))
        {
            using var asset = await client.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", asset.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Readiness_names_the_register_and_its_date()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);
        using var http = app.Browser();

        Assert.Equal("ok\n", await http.GetStringAsync("/health"));
        var ready = JsonDocument.Parse(await http.GetStringAsync("/ready")).RootElement;
        Assert.Equal("people.lzr", ready.GetProperty("register").GetString());
        Assert.Equal(TestClock.Morning.AddDays(-2), ready.GetProperty("asOf").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task A_register_over_thirty_days_old_is_marked(int days, bool old)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run, register: new RegisterFacts("people.lzr", TestClock.Morning.AddDays(-days), 7));
        using var client = new HallClient(app);

        Assert.Equal(old, (await client.PageAsync("/")).QuerySelector(".register-old") is not null);
    }

    [Fact]
    public async Task The_data_folder_is_closed_to_others()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(app.JobsFolder));
    }

    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        var texts = typeof(WebHost).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Text)).Select(field => (Name: $"{field.DeclaringType!.Name}.{field.Name}", Text: (Text)field.GetValue(null)!))
            .Concat(VerdictLook.All.SelectMany(look => new[] { (Name: look.Code, Text: look.Word), (Name: look.Code, Text: look.Meaning) })).ToList();

        Assert.True(texts.Count > 80);
        Assert.All(texts, text =>
        {
            // What only puts other texts side by side has no word of its own.
            if (!text.Text.En.Any(char.IsLetter)) return;
            Assert.True(Chinese().IsMatch(text.Text.Zh), $"{text.Name} is not Chinese");
            Assert.False(Chinese().IsMatch(text.Text.En) || text.Text.En.Length == 0, $"{text.Name} is not English");
            Assert.Equal(Holes().Matches(text.Text.Zh).Select(m => m.Value).Order(), Holes().Matches(text.Text.En).Select(m => m.Value).Order());
        });
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Holes();
}
