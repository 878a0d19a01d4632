using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liuzhuan.Agreements;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Registers.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests;

/// <summary>The real service over the sample register, with a database of its own and machines of agencies that may ask it.</summary>
internal sealed class TestService : IAsyncDisposable
{
    public const string Court = "court-1", School = "school-1", Purpose = "school-enrolment";

    // Made-up bodies whose codes have right check characters (GB 32100).
    private const string Agency = "11220000DEMX00014C";

    private readonly Samples _samples = new();
    private readonly Dictionary<string, string> _tokens = [];

    private Action<IServiceCollection>? _services;
    private int _officers;

    private TestService(TestDatabase data) => Data = data;

    public TestDatabase Data { get; }

    public TestClock Clock { get; } = new(TestClock.Morning);

    public WebApplication App { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The school may ask; the court is registered and may ask nothing.</summary>
    public Dictionary<string, SigningKey> Keys { get; } = new() { [School] = NewKey(), [Court] = NewKey() };

    /// <summary>The officers there are.</summary>
    public TestStaff Staff { get; } = new();

    public Ledger Ledger => App.Services.GetRequiredService<Ledger>();

    public ManageAccess Access => new(Ledger, FactCatalogue.Shipped(), Clock, "operator/test");

    /// <param name="adjust">Further options of the service.</param>
    /// <param name="services">Further services, such as those of a demonstration.</param>
    public static async Task<TestService> StartAsync(string database, Func<ServeOptions, ServeOptions>? adjust = null, Action<ILoggingBuilder>? logging = null, Action<IServiceCollection>? services = null)
    {
        var service = new TestService(await TestDatabase.CreateAsync(database)) { _services = services };
        await service.StartAppAsync(adjust, logging);
        foreach (var (client, key) in service.Keys) Ok(await service.Access.AddClientAsync(client, Agency, ClientCredential.Of(VerifyingKey.Of(key)), default));
        Ok(await service.Access.AllowAsync(School, "identity", Purpose, "义务教育法第十二条", ["name", "sex", "birth_date"], 0, null, default));
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        return service;
    }

    /// <summary>Ends the service as an operator would and starts it again on the same data.</summary>
    public async Task RestartAsync(Func<ServeOptions, ServeOptions>? adjust = null)
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _tokens.Clear();
        // Under the same address: what was signed for it stays signed for it.
        await StartAppAsync(options => (adjust?.Invoke(options) ?? options) with { Port = Address.Port }, logging: null);
    }

    /// <summary>A question about one person, as JSON.</summary>
    public static string Question(string number, string? name, string values = "{}", string fact = "identity", string purpose = Purpose) =>
        $$"""{"purpose":"{{purpose}}","person":{"number":"{{number}}","name":{{JsonSerializer.Serialize(name)}}},"facts":[{"fact":"{{fact}}","values":{{values}}}]}""";

    /// <summary>Asks as a client does: token, signature, and the answer's signature checked.</summary>
    public async Task<Reply> AskAsync(string question, string client = School, string? idempotencyKey = null)
    {
        using var request = await RequestAsync(question, client, idempotencyKey);
        return await SendAsync(request);
    }

    /// <summary>A signed request that was not sent yet.</summary>
    public async Task<HttpRequestMessage> RequestAsync(string question, string client = School, string? idempotencyKey = null, SigningKey? key = null, string path = "/api/questions")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(question)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client));
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{idempotencyKey}\"");
        await RequestSigner.SignAsync(request, key ?? Keys[client], Clock.Now, default);
        return request;
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var published = await Http.GetFromJsonAsync<JsonElement>(new Uri(Address, "/.well-known/jwks.json"));
        var keys = published.GetProperty("keys").EnumerateArray().Select(one => JsonWebKeys.Read(one).Ok(out var key, out _) ? key : null).OfType<VerifyingKey>().ToDictionary(key => key.KeyId);
        var isTrue = AnswerVerifier.Verify(response, request, body, keys.GetValueOrDefault, Clock.Now).Ok(out _, out var untrue);
        Assert.True(isTrue, untrue?.English);
        return new Reply((int)response.StatusCode, body, JsonSerializer.Deserialize<JsonElement>(body), response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
    }

    public async Task<string> TokenAsync(string client)
    {
        if (_tokens.TryGetValue(client, out var token)) return token;
        using var response = await RequestTokenAsync(ClientAssertions.Write(Keys[client], client, new Uri(Address, "/oauth/token").ToString(), Clock.Now));
        response.EnsureSuccessStatusCode();
        return _tokens[client] = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public Task<HttpResponseMessage> RequestTokenAsync(string assertion) => Http.PostAsync(new Uri(Address, "/oauth/token"), new FormUrlEncodedContent(
        [new("grant_type", "client_credentials"), new("client_assertion_type", ClientAssertions.Type), new("client_assertion", assertion)]));

    /// <summary>A browser without a face in which an officer of these roles is signed in: keeps cookies, follows no redirects.</summary>
    /// <param name="post">Where they work; the station in Jilin where it does not matter.</param>
    public async Task<HttpClient> SignInAsync(string role, Post? post = null, string? officerId = null, params IReadOnlyList<string> otherRoles)
    {
        var id = officerId ?? string.Create(CultureInfo.InvariantCulture, $"T{Interlocked.Increment(ref _officers):0000}");
        Staff.Put(new StaffMember(id, "演示警员" + id, post ?? TestStaff.Station, IsActive: true));
        // Who signs in was in office before the test began, and told of it then: the outbox is left to what the test does.
        var before = new ManageRoles(Data.Store, (entry, stop) => Ledger.AppendAsync(Untold(entry), stop), App.Services.GetRequiredService<OfficerNotices>(), Clock);
        foreach (var one in otherRoles.Prepend(role)) Ok(await before.GrantAsync("operator/test", id, one, "测试", "测试规定第一条", default));
        return await BrowserOfAsync(Actor.OfOfficer(id), SignInWays.Passkey);
    }

    private static NewEntry Untold(NewEntry entry) => entry with
    {
        Companions = [StatementCompanion.Of([.. ((IReadOnlyList<Statement>)entry.Companions.Single().Content).Where(statement => !statement.Text.StartsWith("insert into notices", StringComparison.Ordinal))])],
    };

    /// <summary>As <see cref="SignInAsync"/>, for a citizen.</summary>
    public async Task<HttpClient> SignInCitizenAsync(string number, string name, string? phone = null)
    {
        var citizen = await App.Services.GetRequiredService<CitizenAccounts>().KeepAsync(CitizenNumber.Pack(number), name, phone, "operator/test", default);
        return await BrowserOfAsync(citizen.Id, SignInWays.Code);
    }

    /// <summary>A browser that holds a new session of somebody.</summary>
    public async Task<HttpClient> BrowserOfAsync(string actor, string way)
    {
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie(SessionCookie.Name, await App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession(actor, way), default) ?? throw new InvalidOperationException("No session was opened.")));
        return TestApp.Browser(Address, cookies);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await Data.DisposeAsync();
        _samples.Dispose();
    }

    private async Task StartAppAsync(Func<ServeOptions, ServeOptions>? adjust, Action<ILoggingBuilder>? logging)
    {
        var options = new ServeOptions { Port = 0, DataDirectory = Data.Folder, RegisterPath = _samples.RegisterPath, Data = Data.Options };
        App = WebHost.Build(adjust?.Invoke(options) ?? options, builder =>
        {
            builder.Logging.ClearProviders();
            logging?.Invoke(builder.Logging);
            builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton<IStaffRegister>(Staff);
            _services?.Invoke(builder.Services);
        });
        await App.StartAsync();
        Address = new Uri(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private static SigningKey NewKey() => SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());

    private static void Ok(Liuzhuan.Platform.Outcomes.Result<string> result) => Assert.True(result.Ok(out _, out var refusal), refusal?.English);

    /// <summary>What came back, its signature found good.</summary>
    internal sealed record Reply(int Status, byte[] Body, JsonElement Json, IReadOnlyDictionary<string, string> Fields)
    {
        public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

        public JsonElement Fact => Json.GetProperty("answer").GetProperty("facts")[0];

        public string Verdict => Fact.GetProperty("verdict").GetString()!;

        public long Position => Json.GetProperty("receipt").GetProperty("position").GetInt64();
    }
}
