using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Liuzhuan.Agreements;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.Web;

public sealed class OutwardDoorTests : IDisposable
{
    private const string Name = "verify.example.gov.cn";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-door-");

    private string Certificate => Path.Combine(_folder.FullName, "door.pem");

    private string Key => Path.Combine(_folder.FullName, "door.key");

    [Fact]
    public async Task A_certificate_that_nobody_would_see_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => TestService.StartAsync("sqlite", options => options with { Certificate = "server.pem" }));
        Assert.Contains("Serve__Listen", refused.Refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_ask_over_the_network_under_the_public_name_with_a_token_or_a_certificate()
    {
        await using var service = await StartAsync();
        using var signed = new SignedClient(new Uri($"https://{Name}"), TestService.School, service.Keys[TestService.School], service.Clock, To(service, null));
        using var presented = LocalCertificates.Client(_folder.FullName, "court", service.Clock);
        Assert.True((await service.Access.AddClientAsync("court-2", "11220000DEMX00014C", new ClientCredential(LocalCertificates.Thumbprint(presented), ClientKey.Certificate, []), default)).Ok(out _, out var refusal), refusal?.English);
        Assert.True((await service.Access.AllowAsync("court-2", "identity", TestService.Purpose, "诉讼", ["name"], 0, null, default)).Ok(out _, out refusal), refusal?.English);
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        using var mutual = new HttpClient(To(service, presented));
        using var question = new ByteArrayContent(Encoding.UTF8.GetBytes(TestService.Question("210102197702083533", "高静伟"))) { Headers = { ContentType = new("application/json") } };

        var (status, _) = await signed.AskAsync(TestService.Question("210102197702083533", "高静伟"));
        using var answer = await mutual.PostAsync(new Uri($"https://{Name}/api/questions"), question);

        Assert.Equal((200, HttpStatusCode.OK), (status, answer.StatusCode));
        Assert.Equal("ok\n", await signed.Http.GetStringAsync(new Uri($"https://{Name}/health/live")));
    }

    [Fact]
    public async Task Whatever_is_not_for_machines_stays_on_this_computer()
    {
        await using var service = await StartAsync();
        using var http = new HttpClient(To(service, null));
        var routes = service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var open = new List<string>();
        foreach (var route in routes)
        {
            var path = PathOf(route);
            Assert.DoesNotContain('{', path);
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"https://{Name}{path}"));
                using var answer = await http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                Assert.DoesNotContain("<html", body, StringComparison.OrdinalIgnoreCase);
                if (answer.StatusCode == HttpStatusCode.NotFound && body.Contains("service.not-found", StringComparison.Ordinal) && !path.StartsWith("/ledger/tile/0", StringComparison.Ordinal) && !path.StartsWith("/ledger/checkpoint", StringComparison.Ordinal)) continue;
                open.Add($"{method} {route.RoutePattern.RawText}");
                Assert.True(path.StartsWith("/api/", StringComparison.Ordinal) || path is "/oauth/token" or "/.well-known/jwks.json" or "/.well-known/notice-keys.json" or "/openapi.json" or "/health/live" || (path.StartsWith("/ledger/", StringComparison.Ordinal) && !path.StartsWith("/ledger/tile/entries", StringComparison.Ordinal)), $"{method} {path} answers {(int)answer.StatusCode} to the network");
            }
        }

        // Walked from the other side: what machines need is there.
        Assert.True(routes.Count > 30, $"{routes.Count} routes");
        Assert.Contains("POST /api/questions", open);
        Assert.Contains("GET /ledger/checkpoint", open);
        foreach (var stranger in new[] { "/nothing", "/", "/css/liuzhuan.css", "/error/500", "/%2e%2e/", "/api/batches/0/other" })
        {
            using var answer = await http.GetAsync(new Uri($"https://{Name}{stranger}"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("other.example.gov.cn")]
    [InlineData(Name + ":8443")]
    public async Task Another_name_than_the_public_one_is_refused(string name)
    {
        await using var service = await StartAsync();
        using var http = new HttpClient(To(service, null));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{Name}/health/live")) { Headers = { Host = name } };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_leaves_the_old_and_is_told()
    {
        await using var service = await StartAsync();
        var first = await ShownAsync(service);
        Make(Certificate, Key, TestClock.Morning.AddDays(300));
        var second = await ShownAsync(service);
        Assert.NotEqual(first, second);

        await File.WriteAllTextAsync(Certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.Equal(second, await ShownAsync(service));
        using var ready = await service.Http.GetAsync(new Uri(service.Address, "/health/ready"));
        Assert.Contains("renewed certificate file cannot be used", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_others_can_read_a_file_that_is_none_and_half_a_setting_are_refused()
    {
        Make(Certificate, Key, TestClock.Morning.AddDays(30));
        var address = new Uri($"https://{Name}");
        Assert.Equal("serve.listen", Code(OutwardDoor.Open("8443", address, Certificate, Key)));
        Assert.Equal("serve.listen", Code(OutwardDoor.Open("verify.example.gov.cn:8443", address, Certificate, Key)));
        Assert.Equal("serve.listen-address", Code(OutwardDoor.Open("0.0.0.0:8443", null, Certificate, Key)));
        Assert.Equal("serve.listen-address", Code(OutwardDoor.Open("0.0.0.0:8443", new Uri($"http://{Name}"), Certificate, Key)));
        Assert.Equal("serve.certificate", Code(OutwardDoor.Open("0.0.0.0:8443", address, null, Key)));
        Assert.Equal("serve.certificate", Code(OutwardDoor.Open("0.0.0.0:8443", address, Certificate, Path.Combine(_folder.FullName, "no.key"))));
        Assert.Equal("serve.certificate", Code(OutwardDoor.Open("0.0.0.0:8443", address, Key, Key)));
        Assert.Equal("", Code(OutwardDoor.Open("[::]:8443", address, Certificate, Key)));
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal("serve.certificate-key", Code(OutwardDoor.Open("0.0.0.0:8443", address, Certificate, Key)));
    }

    [Fact]
    public void One_file_may_hold_certificate_and_key()
    {
        Make(Certificate, Key, TestClock.Morning.AddDays(30));
        var both = Path.Combine(_folder.FullName, "both.pem");
        File.WriteAllText(both, File.ReadAllText(Certificate) + File.ReadAllText(Key));
        var pfx = Path.Combine(_folder.FullName, "both.pfx");
        using (var made = X509Certificate2.CreateFromPemFile(Certificate, Key)) File.WriteAllBytes(pfx, made.Export(X509ContentType.Pfx));
        foreach (var file in new[] { both, pfx })
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead);
            Assert.True(OutwardCertificate.Open(file, null).Ok(out var opened, out var refusal), refusal?.English);
            Assert.Equal($"CN={Name}", opened.Current.TargetCertificate.Subject);
            Assert.True(opened.Current.TargetCertificate.HasPrivateKey);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<TestService> StartAsync()
    {
        Make(Certificate, Key, TestClock.Morning.AddDays(300));
        return TestService.StartAsync("sqlite", options => options with { Listen = "127.0.0.1:0", PublicAddress = new Uri($"https://{Name}"), Certificate = Certificate, CertificateKey = Key });
    }

    // As a name server would lead there.
    private static SocketsHttpHandler To(TestService service, X509Certificate2? presented) => new()
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, DoorPort(service), stop);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
        // The tests' certificate signs itself.
        SslOptions = { ClientCertificates = presented is null ? null : [presented], RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == $"CN={Name}", EnabledSslProtocols = SslProtocols.None },
    };

    private static int DoorPort(TestService service) =>
        new Uri(service.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith("https", StringComparison.Ordinal))).Port;

    private static async Task<string> ShownAsync(TestService service)
    {
        var shown = "";
        var handler = To(service, null);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            shown = certificate!.GetCertHashString();
            return shown.Length > 0;
        };
        using var http = new HttpClient(handler);
        await http.GetStringAsync(new Uri($"https://{Name}/health/live"));
        return shown;
    }

    private static void Make(string certificate, string key, DateTimeOffset until)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", pair, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TestClock.Morning.AddDays(-1), until);
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem() + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(certificate, made.ExportCertificatePem() + "\n");
    }

    // An address that the route takes.
    private static string PathOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart value => ValueOf(value),
        _ => "",
    }))));

    private static string ValueOf(RoutePatternParameterPart value) =>
        value.ParameterPolicies.Any(policy => policy.Content == "guid") ? Guid.Empty.ToString()
        : value.ParameterPolicies.Any(policy => policy.Content?.StartsWith("regex", StringComparison.Ordinal) == true) ? "agencies"
        : value.IsCatchAll ? "000"
        : value.Name == "code" ? "auth.missing"
        : "0";

    private static string Code<T>(Result<T> result)
        where T : notnull => result.Ok(out _, out var refusal) ? "" : refusal.Code;
}
