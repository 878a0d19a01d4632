using System.Text.Encodings.Web;
using System.Text.Unicode;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Directories;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Exchange.Objections;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Exchange.Workbench;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Hosting;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Platform.Telemetry;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Supervision;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liuzhuan;

/// <summary>The web side of the product on one screen: what is plugged in, and in which order a request meets it.</summary>
internal static class WebHost
{
    public static WebApplication Build(ServeOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            // Without the name, pages of this assembly are not found when another program hosts it.
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (DemoMode.Check(options.Demo, options.Listen, options.PublicAddress) is { } refusal) throw new RefusedException(refusal);
        var door = DoorOf(options);
        builder.WebHost.UseKestrelCore().UseLoopback(options.Port, options.TlsPort is { } tls ? (tls, Path.Combine(options.DataDirectory, "tls")) : null, door);
        builder.Logging.AddLogs(options.Log);
        adjust?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => new DataStore(options.Data, options.DataDirectory)).AddHostedService<DataStart>().AddHostedService<WalUpkeep>();
        builder.Services.AddApi(options.DataDirectory, options.Api, options.Ledger, options.PublicAddress);
        builder.Services.AddSingleton<AccessList>().AddSingleton<IClientRegister>(provider => provider.GetRequiredService<AccessList>());
        builder.Services.AddClocks();
        builder.Services.AddDirectory();
        builder.Services.AddNotices(options.Notices, options.Demo);
        builder.Services.AddSupervision();
        builder.Services.AddQuestions();
        builder.Services.AddBatches(options.Batches);
        builder.Services.AddObjections();
        builder.Services.AddWorkbench();
        builder.Services.AddDesk(new DeskOptions { KeepRequestsFor = options.KeepRequestsFor });
        builder.Services.AddPolicies();
        // Beyond this computer only machines are let in, so the public address is then none of the pages'.
        builder.Services.AddPeople(options.SignIn, door is null ? options.PublicAddress : null, options.Demo);
        builder.Services.AddTelemetry(options.Log, options.Telemetry);
        builder.Services.AddHealth();
        builder.Services.AddStateChecks(options.LeastFree);
        if (door is not null) builder.Services.AddSingleton(provider => HealthCheck.Of("certificate", () => door.Certificate.Look(provider.GetRequiredService<TimeProvider>())));
        builder.Services.AddHostedService<ServiceManagerNotice>().AddSingleton<Departure>().AddSingleton<IHostLifetime, SignalsElsewhere>();
        // Work in the background lets go at once, and does not wait for the last request to be answered.
        builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (options.StopWithin - options.DrainFor, true));
        builder.Services.AddRoutingCore().AddHttpContextAccessor().AddScoped<PageLanguage>().AddScoped<PageView>();
        builder.Services.AddDataProtection().SetApplicationName(NoticeSeal.Application)
            .PersistKeysToFileSystem(PrivateFolder.Create(Path.Combine(options.DataDirectory, "keys")));
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "liuzhuan.form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.HeaderName = UploadReader.TokenHeader;
        });
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/");
        builder.Services.Configure<Microsoft.Extensions.WebEncoders.WebEncoderOptions>(html => html.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddRegisters([options.RegisterPath, .. options.OtherRegisters], options.FindSchema, options.OldAfter);
        builder.Services.AddHall(new HallOptions
        {
            JobsDirectory = PrivateFolder.Create(Path.Combine(options.DataDirectory, "jobs")).FullName,
            MaxUploadBytes = options.MaxUploadBytes,
            KeepFor = options.KeepFor,
            OldAfter = options.OldAfter,
        });

        var app = builder.Build();
        app.Use(app.Services.GetRequiredService<Departure>().LetGoAsync);
        app.Use(SecurityHeaders.AddAsync);
        app.Use(LoopbackHosts.RefuseOthersAsync);
        app.Use(app.Services.GetRequiredService<DemoMode>().GuardAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = fault => DatabaseFaults.IsAway(fault) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(new Maintenance(options.DataDirectory, app.Services.GetRequiredService<TimeProvider>()).StandAsync);
        app.Use(PageLanguage.RememberAsync);
        app.Use(PageView.RememberAsync);
        app.UseRouting();
        app.Use(OutwardDoor.RefuseOthersAsync);
        app.Use(app.Services.GetRequiredService<RequestLog>().ServeAsync);
        app.Use(PageForms.RefuseOtherCharsetsAsync);
        app.Use(app.Services.GetRequiredService<ActorLoad>().LoadAsync);
        app.UseAuthorization();
        var open = app.MapGroup("").RequireAuthorization(Policies.Open);
        open.MapAssets();
        open.MapHealth();
        app.MapHall();
        app.MapRazorPages();
        app.MapApi();
        app.MapPeople();
        app.MapNotices();
        app.MapQuestions();
        app.MapBatches();
        app.MapObjections();
        app.MapWorkbench();
        app.MapDesk();
        return app;
    }

    /// <summary>Serves until <paramref name="stop"/>. A refusal (port taken, data folder in use, register unusable) is returned; null means it ended as asked.</summary>
    public static async Task<Refusal?> RunAsync(ServeOptions options, CancellationToken stop, Action<WebApplicationBuilder>? adjust = null)
    {
        WebApplication? app = null;
        try
        {
            app = Build(options, adjust);
            await app.StartAsync(stop);
            await EndAsync(app, options.DrainFor, stop);
            return null;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            return new Refusal("serve.port-taken",
                $"端口 {options.Port} 已被别的程序占用。请关闭那个程序，或用 --port 换一个端口。",
                $"Port {options.Port} is taken by another program. Close that program, or choose another port with --port.");
        }
        catch (JobStore.FolderInUseException)
        {
            return new Refusal("serve.folder-in-use",
                $"数据目录 {options.DataDirectory} 正被另一个运行中的服务使用。请先停止它，或用 --data 换一个目录。",
                $"The data folder {options.DataDirectory} is in use by another running server. Stop it first, or choose another folder with --data.");
        }
        catch (RegisterException fault)
        {
            return EngineRefusals.From(fault);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
        finally
        {
            if (app is not null) await app.DisposeAsync();
        }
    }

    // When asked to end it first says so, so that requests go elsewhere; what still comes is answered. Then it listens no more, and ends what is under way.
    private static async Task EndAsync(WebApplication app, TimeSpan drain, CancellationToken stop)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var byCaller = stop.Register(() => asked.TrySetResult());
        await using var byService = app.Lifetime.ApplicationStopping.Register(() => asked.TrySetResult());
        await asked.Task;
        app.Services.GetRequiredService<Departure>().Begin();
        await Task.Delay(drain, app.Lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }

    private static OutwardDoor? DoorOf(ServeOptions options) => options.Listen is not { Length: > 0 } listen
        ? options.Certificate is null && options.CertificateKey is null ? null : throw new RefusedException(OutwardCertificate.NotShown)
        : OutwardDoor.Open(listen, options.PublicAddress, options.Certificate, options.CertificateKey).Ok(out var door, out var refusal) ? door
        : throw new RefusedException(refusal);
}
