using Liuzhuan.Agreements;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers;
using Liuzhuan.Registers.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>The service as it is, in a process of its own, and beside its endpoint for questions a twin that does everything but write the ledger.</summary>
internal static class HttpHost
{
    public const string Client = "bench-1", Purpose = "benchmark", Logged = "/api/questions", Unlogged = "/bench/questions";

    public const int People = 1_000_000;

    private const long Seed = 20260101;

    private const string Agency = "11220000DEMX00014C";

    public static DemoPeople Population => new(People, (ulong)Seed);

    /// <summary>Serves until standard input ends; prints its address first.</summary>
    /// <param name="options">provider, folder, and with PostgreSQL the connection.</param>
    public static async Task<int> ServeAsync(string[] options)
    {
        var (provider, folder) = (options[0], options[1]);
        var register = Register(folder);
        var serve = new ServeOptions
        {
            Port = 0, DataDirectory = folder, RegisterPath = register,
            Data = new DataOptions { Provider = provider, Connection = options.Length > 2 ? options[2] : "" },
            Api = new ApiOptions { RequestsPerSecond = 1_000_000, Burst = 1_000_000, SignatureAge = TimeSpan.FromMinutes(30) },
        };
        await using var app = WebHost.Build(serve, builder => builder.Logging.ClearProviders());
        app.MapMachine(HttpMethods.Post, Unlogged, ApiScopes.Questions, QuestionBody.MostBytes, WithoutLedger, isNonceLogged: true);
        await app.StartAsync();
        await AdmitAsync(app);
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
        return 0;
    }

    /// <summary>The key with which the load signs.</summary>
    public static SigningKey KeyIn(string folder) => KeyFolder.Open(Path.Combine(folder, "client"), TimeProvider.System).Ok(out var keys, out var refusal)
        ? keys.Current(Client, SigningSuites.Es256.Id)
        : throw new InvalidOperationException(refusal.English);

    private static ApiHandler WithoutLedger(IServiceProvider services)
    {
        // A receipt as long as those of a grown log.
        var receipt = new LedgerReceipt(1_000_000, DateTimeOffset.UnixEpoch, new byte[480], [.. Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[32], 20)], new string('x', 190));
        var ask = ActivatorUtilities.CreateInstance<AskQuestion>(services, (AppendEntry)((_, _) => Task.FromResult<LedgerReceipt?>(receipt)));
        return ask.HandleAsync;
    }

    private static async Task AdmitAsync(WebApplication app)
    {
        var facts = app.Services.GetRequiredService<FactCatalogue>();
        var manage = new ManageAccess(app.Services.GetRequiredService<Ledger>(), facts, TimeProvider.System, "operator/benchmark");
        await manage.AddClientAsync(Client, Agency, ClientCredential.Of(VerifyingKey.Of(KeyIn(app.Services.GetRequiredService<DataStore>().Folder))), default);
        foreach (var fact in new[] { "identity" }) await manage.AllowAsync(Client, fact, Purpose, "benchmark", facts.Find(fact)!.Compared, 0, null, default);
    }

    private static string Register(string folder)
    {
        PrivateFolder.Create(folder);
        var (csv, register) = (Path.Combine(folder, $"people-{People}.csv"), Path.Combine(folder, $"people-{People}.lzr"));
        if (File.Exists(register)) return register;
        using (var file = File.Create(csv)) DemoRegisterFile.Write(Population, file, _ => { }, default);
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, csv, register, TimeProvider.System.GetUtcNow()), null, default);
        return register;
    }
}
