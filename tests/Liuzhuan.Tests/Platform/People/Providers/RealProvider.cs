using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Providers;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>The provider of <c>provider.mjs</c> in a process of its own, and how one signs in there.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    public const string ClientId = "liuzhuan-test", SecretClientId = "liuzhuan secret", Secret = "a secret: with signs & blanks";

    private const int MostSteps = 20;

    private readonly Process _process;

    private RealProvider(Process process, Uri issuer) => (_process, Issuer) = (process, issuer);

    public Uri Issuer { get; }

    public static async Task<RealProvider> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "Liuzhuan.Tests", "Platform", "People", "Providers", "provider.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        // What it warns of goes nowhere, but must be read.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = await process.StandardOutput.ReadLineAsync();
        Assert.StartsWith("listening ", said, StringComparison.Ordinal);
        return new RealProvider(process, new Uri("http://127.0.0.1:" + said!["listening ".Length..]));
    }

    /// <summary>Makes the service and the people known to it. The service's key comes from where it is published; the provider itself asks nothing of this machine's own addresses.</summary>
    /// <param name="people">Claims by login.</param>
    public async Task KnowAsync(Uri service, IReadOnlyDictionary<string, object> people)
    {
        using var http = new HttpClient();
        using var published = await http.GetAsync(new Uri(service, RedeemCode.KeysPath));
        var keys = published.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(await published.Content.ReadAsStringAsync()) : (object)new { keys = Array.Empty<object>() };
        object Client(string id, string method, string algorithm) => new
        {
            client_id = id, redirect_uris = new[] { new Uri(service, "/sign-in/provider/callback") }, post_logout_redirect_uris = new[] { new Uri(service, "/sign-in?left=1") },
            token_endpoint_auth_method = method, client_secret = method == "private_key_jwt" ? null : Secret, jwks = method == "private_key_jwt" ? keys : null,
            id_token_signed_response_alg = algorithm,
        };
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(
            new
            {
                clients = new[] { Client(ClientId, "private_key_jwt", "ES256"), Client(SecretClientId, "client_secret_basic", "PS256") },
                people,
                claims = new { staff = new[] { "officer_number" }, real_name = new[] { "name", "citizen_number" } },
            },
            LedgerDetail.Compact));
        await _process.StandardInput.FlushAsync();
        Assert.Equal("ready", await _process.StandardOutput.ReadLineAsync());
    }

    /// <summary>Follows the provider's pages as a browser without script does, and signs in where asked; gives back where it leads when it leads away.</summary>
    public async Task<Uri> SignInAsync(HttpClient browser, Uri at, string login)
    {
        var response = await browser.GetAsync(at);
        for (var step = 0; step < MostSteps; step++)
        {
            if (response.Headers.Location is { } location)
            {
                var next = new Uri(at, location);
                if (next.Authority != Issuer.Authority) return next;
                response = await browser.GetAsync(at = next);
                continue;
            }

            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            var form = page.QuerySelector("form") ?? throw new InvalidOperationException($"{(int)response.StatusCode}: {page.Body?.TextContent}");
            var fields = form.QuerySelectorAll("input[name]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("name") switch { "login" => login, "password" => "x", _ => field.GetAttribute("value") ?? "" }))
                .Concat(form.QuerySelectorAll("button[name]").Take(1).Select(button => KeyValuePair.Create(button.GetAttribute("name")!, button.GetAttribute("value") ?? "")));
            response = await browser.PostAsync(at = new Uri(at, form.GetAttribute("action")), new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Still at {at} after {MostSteps} steps."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
