using System.Net;
using System.Text.Json;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Liuzhuan.Tests.Platform.Ledger;

public class LedgerApiTests
{
    [Fact]
    public async Task Anybody_gets_checkpoint_key_hashes_and_proofs_and_they_fit_together()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(300);
        var before = (await ground.Log.HeadAsync(CancellationToken.None)).Note;
        await ground.AppendAsync(230);
        await using var app = await ServeAsync(ground);
        using var client = Client(app);

        Assert.True(NoteKey.Parse((await client.GetStringAsync("ledger/key")).Trim()).Ok(out var key, out _));
        var note = await client.GetAsync("ledger/checkpoint");
        Assert.Equal(("text/plain; charset=utf-8", true), (note.Content.Headers.ContentType!.ToString(), note.Headers.CacheControl!.NoCache));
        Assert.True(Checkpoint.Open(await note.Content.ReadAsStringAsync(), key).Ok(out var checkpoint, out _));
        Assert.Equal(530, checkpoint.Size);

        var tile = await client.GetAsync("ledger/tile/0/001");
        Assert.Equal((8192, "application/octet-stream"), ((int)tile.Content.Headers.ContentLength!, tile.Content.Headers.ContentType!.ToString()));
        Assert.Equal("public, max-age=31536000, immutable", tile.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(18 * 32, (await client.GetByteArrayAsync("ledger/tile/0/002.p/18")).Length);
        Assert.Equal(2 * 32, (await client.GetByteArrayAsync("ledger/tile/1/000.p/2")).Length);

        var leaf = TreeHash.OfLeaf((await ground.Log.EntryAsync(77, CancellationToken.None))!.Leaf);
        Assert.True(TreeProofs.VerifyInclusion(leaf, 77, 530, await PathAsync(client, "inclusion?position=77&size=530"), checkpoint.Root));
        Assert.True(Checkpoint.Open(before, key).Ok(out var earlier, out _));
        Assert.True(TreeProofs.VerifyConsistency(300, earlier.Root, 530, checkpoint.Root, await PathAsync(client, "consistency?from=300&to=530")));
    }

    [Theory]
    [InlineData("tile/0/002", 404)]
    [InlineData("tile/0/002.p/19", 404)]
    [InlineData("tile/0/2", 404)]
    [InlineData("tile/9/000", 404)]
    [InlineData("tile/x/000", 404)]
    [InlineData("tile/0/..%2f..%2fkey", 404)]
    [InlineData("proof/inclusion", 400)]
    [InlineData("proof/inclusion?position=5&size=5", 400)]
    [InlineData("proof/inclusion?position=5&size=531", 400)]
    [InlineData("proof/inclusion?position=-1&size=5", 400)]
    [InlineData("proof/inclusion?position=1&position=2&size=5", 400)]
    [InlineData("proof/inclusion?position=1&size=99999999999999999999", 400)]
    [InlineData("proof/consistency?from=9&to=8", 400)]
    [InlineData("proof/consistency?from=9&to=531", 400)]
    [InlineData("tile/entries/000", 401)]
    [InlineData("tile/entries/nonsense", 401)]
    public async Task What_is_not_there_is_refused_with_the_right_code(string path, int status)
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(530);
        await using var app = await ServeAsync(ground);
        using var client = Client(app);
        var response = await client.GetAsync("ledger/" + path);
        Assert.Equal(status, (int)response.StatusCode);
        if (status != 401) Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_auditor_checks_the_whole_log_over_the_network()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(530);
        await using var app = await ServeAsync(ground);
        using var stranger = Client(app);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("ledger/tile/entries/000")).StatusCode);

        var auditor = Client(app);
        auditor.DefaultRequestHeaders.Add("Authorization", "Bearer auditor");
        await using var source = new HttpSource(auditor, new Uri(auditor.BaseAddress!, "ledger"));
        Assert.True(Checkpoint.Open(await source.CheckpointAsync(CancellationToken.None), ground.NoteKey).Ok(out var checkpoint, out _));
        // The log grows on while it is read.
        await ground.AppendAsync(300);
        var report = await new LogCheck(source, [("note", checkpoint)], ground.Clock).RunAsync(null, CancellationToken.None);
        Assert.Equal((530L, 0L), (report.Entries, report.Damaged));
    }

    private static async Task<TreeHash[]> PathAsync(HttpClient client, string query)
    {
        using var proof = JsonDocument.Parse(await client.GetStringAsync("ledger/proof/" + query));
        return [.. proof.RootElement.GetProperty("path").EnumerateArray().Select(hash => TreeHash.Read(hash.GetBytesFromBase64()))];
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    private static async Task<WebApplication> ServeAsync(LedgerGround ground)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(ground.Ledger);
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, OneToken>("test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policies.Auditor, policy => policy.RequireAuthenticatedUser()).AddPolicy(Policies.Open, policy => policy.RequireAssertion(_ => true));
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        LedgerApi.Map(app);
        await app.StartAsync();
        return app;
    }

    private sealed class OneToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, System.Text.Encodings.Web.UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers.Authorization == "Bearer auditor"
            ? AuthenticateResult.Success(new AuthenticationTicket(new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity("test")), "test"))
            : AuthenticateResult.NoResult());
    }
}
