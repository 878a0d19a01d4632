using System.Net;
using System.Net.Sockets;
using Liuzhuan.Agreements;
using Liuzhuan.Commands;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Tests.Commands;

/// <summary>The program as an operator runs it, <c>serve</c> in a process of its own, with a database of its own and an agency's machine that may ask.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    public const string Client = "school-1", Purpose = "school-enrolment";

    private const string Agency = "11220000DEMX00014C";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SigningKey _key = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());

    private ServedProcess(TestDatabase data, Uri address) => (Data, Address) = (data, address);

    public TestDatabase Data { get; }

    public Uri Address { get; }

    public Child Process { get; private set; } = null!;

    public HttpClient Http { get; } = new() { Timeout = Patience };

    public static async Task<ServedProcess> StartAsync(string database, string register, params (string Name, string Value)[] settings)
    {
        var served = new ServedProcess(await TestDatabase.CreateAsync(database), new Uri($"http://localhost:{FreePort()}"));
        await served.AdmitAsync();
        served.Process = Child.StartWith(
            [("Data__Provider", served.Data.Options.Provider), ("Data__Connection", served.Data.Options.Connection), ("Serve__RegisterPath", register), ("Serve__Port", $"{served.Address.Port}"), ("Serve__LeastFree", "1MB"), .. settings],
            "serve", "--data", served.Data.Folder);
        await served.UntilReadyAsync();
        return served;
    }

    public SignedClient SignIn(HttpMessageHandler? connections = null) => new(Address, Client, _key, TimeProvider.System, connections);

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        Http.Dispose();
        await Data.DisposeAsync();
    }

    private async Task AdmitAsync()
    {
        Assert.True((await OpenedData.OpenAsync(Data.Options, Data.Folder, TimeProvider.System, default)).Ok(out var opened, out var refusal), refusal?.English);
        await using (opened)
        {
            var manage = new ManageAccess(opened.Ledger, FactCatalogue.Shipped(), TimeProvider.System, "operator/test");
            Assert.True((await manage.AddClientAsync(Client, Agency, ClientCredential.Of(VerifyingKey.Of(_key)), default)).Ok(out _, out refusal), refusal?.English);
            Assert.True((await manage.AllowAsync(Client, "identity", Purpose, "义务教育法第十二条", ["name", "sex", "birth_date"], 0, null, default)).Ok(out _, out refusal), refusal?.English);
        }
    }

    private async Task UntilReadyAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var ready = await Http.GetAsync(new Uri(Address, "/health/ready"), late.Token);
                if (ready.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) when (!Process.HasExited)
            {
                // It does not listen yet.
            }

            Assert.False(Process.HasExited, Process.HasExited ? (await Process.EndAsync()).Error : "");
            await Task.Delay(20, late.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
