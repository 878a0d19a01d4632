using System.Net;
using Liuzhuan.Exchange.Hall;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests;

/// <summary>The real web host on a free port, with a data folder of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, TestClock clock, string folder)
    {
        (_app, Clock, Folder) = (app, clock, folder);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    public TestClock Clock { get; }

    public string Folder { get; }

    public string JobsFolder => Path.Combine(Folder, "jobs");

    public IServiceProvider Services => _app.Services;

    /// <param name="verify">Stands in for the engine where a test needs a verification to wait, fail or show something particular.</param>
    /// <param name="folder">The data folder of an earlier app, to start again on what it left.</param>
    public static async Task<TestApp> StartAsync(VerifyRun verify, Func<ServeOptions, ServeOptions>? options = null, string? folder = null, RegisterFacts? register = null)
    {
        folder ??= Directory.CreateTempSubdirectory("liuzhuan-hall-").FullName;
        var clock = new TestClock(TestClock.Morning);
        // Only the page's verification is stood in for; the rest of the service has its register.
        var path = Path.Combine(folder, "people.lzr");
        if (!File.Exists(path)) Samples.PutRegister(path);
        var serve = new ServeOptions { Port = 0, DataDirectory = folder, RegisterPath = path };
        var app = WebHost.Build(options?.Invoke(serve) ?? serve, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(verify);
            builder.Services.AddSingleton<RegisterNow>(() => register ?? new RegisterFacts("people.lzr", TestClock.Morning.AddDays(-2), 100_000));
        });
        await app.StartAsync();
        return new TestApp(app, clock, folder);
    }

    /// <summary>The app as it is served: over the sample register of <c>tests/samples</c>, with the engine.</summary>
    public static async Task<TestApp> StartWithSampleRegisterAsync()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-hall-").FullName;
        var register = Path.Combine(folder, "people.lzr");
        Samples.PutRegister(register);
        var clock = new TestClock(TestClock.Morning);
        var app = WebHost.Build(new ServeOptions { Port = 0, DataDirectory = folder, RegisterPath = register }, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await app.StartAsync();
        return new TestApp(app, clock, folder);
    }

    /// <summary>The path of a file in <c>tests/samples</c>.</summary>
    public static string Sample(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Liuzhuan.slnx"))) return Path.Combine(folder.FullName, "tests", "samples", name);
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    /// <summary>A browser without a face: keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser(CookieContainer? cookies = null) => Browser(Address, cookies);

    /// <inheritdoc cref="Browser(CookieContainer?)"/>
    public static HttpClient Browser(Uri address, CookieContainer? cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = address };

    /// <summary>Ends the server as an operator would, keeping its folder.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
