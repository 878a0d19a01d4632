using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Liuzhuan.Agreements;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Tests.Faults;

/// <summary>
/// The built program as one or several hosts over one database, with an agency that may ask it. Whatever is done to the hosts, clients know them
/// by one address, as behind a proxy.
/// </summary>
internal sealed class FaultGround : IAsyncDisposable
{
    public const string Client = "school-1", Purpose = "school-enrolment";

    // A made-up body whose code has a right check character (GB 32100).
    private const string Agency = "11220000DEMX00014C";
    private const int People = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _register;
    private readonly int[] _ports;
    private readonly Child?[] _hosts;
    private readonly List<string> _said = [];

    private FaultGround(TestDatabase database, string register, int hosts)
    {
        (Database, _register, _hosts) = (database, register, new Child?[hosts]);
        _ports = [.. Enumerable.Range(0, hosts).Select(_ => FreePort())];
        Folders = [.. Enumerable.Range(0, hosts).Select(host => host == 0 ? database.Folder : Path.Combine(database.Folder, $"host-{host}"))];
        Address = new Uri($"http://localhost:{_ports[0]}");
    }

    public TestDatabase Database { get; }

    /// <summary>Under which clients sign; host 0 listens there, the others behind it.</summary>
    public Uri Address { get; }

    /// <summary>The data folder of each host.</summary>
    public string[] Folders { get; }

    public int Hosts => _hosts.Length;

    public SigningKey Key { get; } = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());

    /// <summary>The people of the register of <see cref="ProcessGround"/>.</summary>
    public DemoPeople Register { get; } = new(People, 11);

    /// <summary>True for somebody who shares a number or had another one, and so stands in the lists of two.</summary>
    public bool IsSpecial(int person) => Register[person].SharesNumber || Register[person + 1].SharesNumber || Register[person].OldNumber is not null;

    /// <summary>From the start of a process until it answers, of every start so far.</summary>
    public List<TimeSpan> Starts { get; } = [];

    /// <param name="database">One of <see cref="TestDatabases.All"/>.</param>
    /// <param name="folder">Where the data folder of host 0 is made, with the database of SQLite; null for a place of its own.</param>
    public static async Task<FaultGround> CreateAsync(string database, string register, int hosts = 1, string? folder = null) => await OnAsync(await TestDatabase.CreateAsync(database, folder: folder), register, hosts);

    /// <param name="database">Belongs to the ground from now on.</param>
    public static async Task<FaultGround> OnAsync(TestDatabase database, string register, int hosts = 1)
    {
        var ground = new FaultGround(database, register, hosts);
        Assert.True(KeyFolder.Open(Path.Combine(ground.Folders[0], "keys"), TimeProvider.System).Ok(out var opened, out var refusal), refusal?.English);
        await using (var ledger = new Ledger(ground.Database.Store, opened.Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id), new LedgerOptions(), TimeProvider.System, NullLogger<Ledger>.Instance))
        {
            var access = new ManageAccess(ledger, FactCatalogue.Shipped(), TimeProvider.System, "operator/test");
            Assert.True((await access.AddClientAsync(Client, Agency, ClientCredential.Of(VerifyingKey.Of(ground.Key)), default)).Ok(out _, out refusal), refusal?.English);
            Assert.True((await access.AllowAsync(Client, "identity", Purpose, "义务教育法第十二条", ["name"], 0, null, default)).Ok(out _, out refusal), refusal?.English);
        }

        foreach (var purpose in new[] { KeyPurposes.Answers, KeyPurposes.Tokens }) opened.Current(purpose, SigningSuites.Es256.Id);
        opened.Secret(KeyPurposes.Pseudonyms);
        foreach (var host in Enumerable.Range(1, hosts - 1))
        {
            var copy = PrivateFolder.Create(Path.Combine(ground.Folders[host], "keys"));
            foreach (var file in Directory.GetFiles(Path.Combine(ground.Folders[0], "keys"))) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        return ground;
    }

    /// <summary>Where a host listens.</summary>
    public Uri PlaceOf(int host) => new($"http://localhost:{_ports[host]}");

    /// <summary>A further client of the agency.</summary>
    public FaultCaller Caller() => new(this);

    /// <summary>Starts a host's process; it may not answer yet.</summary>
    public Child Start(int host)
    {
        Assert.True(_hosts[host] is null or { HasExited: true });
        _hosts[host]?.Dispose();
        return _hosts[host] = Child.Start("serve", "--port", $"{_ports[host]}", "--public-address", Address.ToString(), "--register", _register, "--data", Folders[host],
            "--provider", Database.Options.Provider, "--connection", Database.Options.Connection);
    }

    /// <summary>Starts a host and waits until it answers.</summary>
    public async Task StartedAsync(int host)
    {
        var watch = Stopwatch.StartNew();
        await AnswersAsync(host, Start(host));
        Starts.Add(watch.Elapsed);
    }

    /// <summary>Waits until a process that was started answers.</summary>
    public async Task AnswersAsync(int host, Child child)
    {
        using var http = new HttpClient();
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri(PlaceOf(host), "/ready"), late.Token)).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                Assert.False(child.HasExited, child.HasExited ? (await child.EndAsync()).Error : "");
            }

            await Task.Delay(10, late.Token);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(int host)
    {
        var child = _hosts[host]!;
        child.Kill();
        var ended = await child.EndAsync();
        _said.Add(ended.Output + ended.Error);
        Assert.True(ended.Code == Child.Killed, $"{ended.Code} {ended.Error} {ended.Output}");
    }

    public bool IsRunning(int host) => _hosts[host] is { HasExited: false };

    /// <summary>Ends a host as an operator does; gives back what it had said.</summary>
    public async Task<string> EndAsync(int host)
    {
        var child = _hosts[host]!;
        child.PressControlC();
        var ended = await child.EndAsync();
        _said.Add(ended.Output + ended.Error);
        Assert.True(ended.Code == 0, ended.Error + ended.Output);
        return _said[^1];
    }

    /// <summary>What all hosts that have ended had said.</summary>
    public string Said => string.Concat(_said);

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Database.Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None), null);
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = await Database.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, sql, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) host?.Dispose();
        await Database.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
