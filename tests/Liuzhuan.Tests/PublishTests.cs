using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AngleSharp.Html.Parser;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests;

/// <summary>What an operator installs: the folder that <c>./publish</c> makes, the unit beside it, and how the two talk.</summary>
[Collection(ProcessGround.Name)]
public sealed class PublishTests(ProcessGround ground) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = ground.Folder();

    [Fact]
    public async Task The_published_folder_serves_from_anywhere_and_tells_systemd_that_it_is_ready_alive_and_ending()
    {
        var program = Path.Combine(_folder, "program");
        await RunAsync(Path.Combine(Repository.Root, "publish"), program, "--no-build");
        Assert.True(File.Exists(Path.Combine(program, "deploy", "liuzhuan.service")));
        var port = FreePort();
        var heard = new StringBuilder();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var socket = Path.Combine(_folder, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(socket));
        using var server = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(program, "liuzhuan.dll"), "serve"])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            Environment =
            {
                ["NOTIFY_SOCKET"] = socket, ["WATCHDOG_USEC"] = "400000", ["LIUZHUAN_DATA"] = Path.Combine(_folder, "data"),
                ["Serve__RegisterPath"] = ground.Register, ["Serve__Port"] = $"{port}", ["Serve__LeastFree"] = "1MB", ["Serve__DrainFor"] = "200ms",
            },
        })!;
        try
        {
            await HearAsync(manager, heard, "READY=1");
            using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
            // Ready means that it answers at once.
            using var ready = await http.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            using var page = new HtmlParser().ParseDocument(await http.GetStringAsync("/"));
            foreach (var address in page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")))
            {
                using var sheet = await http.GetAsync(address);
                Assert.Equal(("text/css", HttpStatusCode.OK), (sheet.Content.Headers.ContentType!.MediaType, sheet.StatusCode));
            }

            await HearAsync(manager, heard, "WATCHDOG=1\nSTATUS=healthy");
            using (var kill = Process.Start("kill", ["-TERM", $"{server.Id}"])) await kill.WaitForExitAsync();
            await HearAsync(manager, heard, "STOPPING=1");
            using var late = new CancellationTokenSource(Patience);
            await server.WaitForExitAsync(late.Token);
            Assert.Equal(0, server.ExitCode);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_accepts_and_leaves_more_time_to_end_than_the_service_takes()
    {
        var unit = Path.Combine(Repository.Root, "deploy", "liuzhuan.service");
        var lines = await File.ReadAllLinesAsync(unit);
        Assert.Contains("Type=notify", lines);
        var stop = int.Parse(lines.Single(line => line.StartsWith("TimeoutStopSec=", StringComparison.Ordinal))[15..].TrimEnd('s'));
        var options = new ServeOptions { DataDirectory = "", RegisterPath = "" };
        Assert.True(TimeSpan.FromSeconds(stop) > options.StopWithin + options.Ledger.Patience);

        const string analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(analyze), "systemd-analyze is not installed.");
        Assert.Equal("", await RunAsync(analyze, "verify", unit));
    }

    [Fact]
    public async Task Every_setting_of_the_example_is_one_that_there_is()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "deploy", "liuzhuan.env.example"));
        var set = lines.Select(line => line.TrimStart('#')).Where(line => line.Contains("__", StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.True(Configuration.ServiceOf(new Liuzhuan.Platform.Configuration.SettingReader(set)).Ok(out var options, out var refusal), refusal?.English);
        Assert.Equal(("0.0.0.0:8443", "verify.example.gov.cn/ledger"), (options.Listen, options.Ledger.Origin));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task HearAsync(Socket manager, StringBuilder heard, string message)
    {
        using var late = new CancellationTokenSource(Patience);
        var buffer = new byte[512];
        while (!heard.ToString().Contains(message, StringComparison.Ordinal))
            heard.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, await manager.ReceiveAsync(buffer, late.Token)))).Append('\n');
    }

    private static async Task<string> RunAsync(string program, params string[] args)
    {
        using var run = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var late = new CancellationTokenSource(Patience);
        var (output, error) = (run.StandardOutput.ReadToEndAsync(late.Token), run.StandardError.ReadToEndAsync(late.Token));
        await run.WaitForExitAsync(late.Token);
        var told = await output + await error;
        Assert.True(run.ExitCode == 0, told);
        return told.Trim();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
