using System.Text.Encodings.Web;
using System.Text.Unicode;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;
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
        builder.WebHost.UseKestrelCore().UseLoopback(options.Port, options.TlsPort is { } tls ? (tls, Path.Combine(options.DataDirectory, "tls")) : null);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Liuzhuan", LogLevel.Information);
        // Keys lie in a folder only its owner can read; encrypting them beside their key would add nothing.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        adjust?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => new DataStore(options.Data, options.DataDirectory)).AddHostedService<DataStart>().AddHostedService<WalUpkeep>();
        builder.Services.AddApi(options.DataDirectory, options.Api, options.Ledger, options.PublicAddress);
        builder.Services.AddSingleton<AccessList>().AddSingleton<IClientRegister>(provider => provider.GetRequiredService<AccessList>());
        builder.Services.AddQuestions();
        builder.Services.AddBatches(options.Batches);
        builder.Services.AddPolicies();
        builder.Services.AddRoutingCore().AddHttpContextAccessor().AddScoped<PageLanguage>().AddScoped<PageView>();
        builder.Services.AddDataProtection().SetApplicationName("liuzhuan")
            .PersistKeysToFileSystem(PrivateFolder.Create(Path.Combine(options.DataDirectory, "keys")));
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "liuzhuan.form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.HeaderName = UploadReader.TokenHeader;
        });
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/");
        builder.Services.Configure<Microsoft.Extensions.WebEncoders.WebEncoderOptions>(html => html.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddSingleton(_ => new RegisterShelf([options.RegisterPath, .. options.OtherRegisters], options.FindSchema));
        builder.Services.AddHall(new HallOptions
        {
            JobsDirectory = PrivateFolder.Create(Path.Combine(options.DataDirectory, "jobs")).FullName,
            MaxUploadBytes = options.MaxUploadBytes,
            KeepFor = options.KeepFor,
            OldAfter = options.OldAfter,
        });

        var app = builder.Build();
        app.Use(SecurityHeaders.AddAsync);
        app.Use(LoopbackHosts.RefuseOthersAsync);
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(new Maintenance(options.DataDirectory, app.Services.GetRequiredService<TimeProvider>()).StandAsync);
        app.Use(PageLanguage.RememberAsync);
        app.Use(PageView.RememberAsync);
        app.UseRouting();
        app.UseAuthorization();
        var open = app.MapGroup("").RequireAuthorization(Policies.Open);
        open.MapAssets();
        open.MapGet("/health", () => Results.Text("ok\n"));
        open.MapHall();
        app.MapRazorPages().RequireAuthorization(Policies.Open);
        app.MapApi();
        app.MapQuestions();
        app.MapBatches();
        return app;
    }

    /// <summary>Serves until <paramref name="stop"/>. A refusal (port taken, data folder in use, register unusable) is returned; null means it ended as asked.</summary>
    public static async Task<Refusal?> RunAsync(ServeOptions options, CancellationToken stop, Action<WebApplicationBuilder>? adjust = null)
    {
        await using var app = Build(options, adjust);
        try
        {
            await app.StartAsync(stop);
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

        await app.WaitForShutdownAsync(stop);
        return null;
    }
}
