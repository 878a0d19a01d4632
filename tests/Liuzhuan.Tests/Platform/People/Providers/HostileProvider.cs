using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>A provider that says whatever a test wants, right or wrong. Its tokens are written here, by nothing of the product's.</summary>
internal sealed class HostileProvider : IAsyncDisposable
{
    public const string ClientId = "liuzhuan-test", Code = "code-1", AccessToken = "access-1";

    private readonly WebApplication _app;

    private HostileProvider(WebApplication app, Func<DateTimeOffset> now)
    {
        (_app, Now) = (app, now);
        _app.MapGet("/.well-known/openid-configuration", () => Seen("discovery", Discovery?.Invoke() ?? Results.Json(Metadata())));
        _app.MapGet("/elsewhere", () => Results.Json(Metadata()));
        _app.MapGet("/keys", () => Seen("keys", Results.Json(new { keys = Keys })));
        _app.MapGet("/me", () => Seen("me", Results.Json(UserInfo)));
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            Redeemed = await request.ReadFormAsync();
            return Seen("token", TokenAnswer?.Invoke() ?? Results.Json(new { access_token = AccessToken, token_type = "Bearer", id_token = IdToken() }));
        });
    }

    public Uri Issuer { get; private set; } = null!;

    public Func<DateTimeOffset> Now { get; }

    public RSA Rsa { get; } = RSA.Create(2048);

    /// <summary>What it was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The form of the last code that was redeemed.</summary>
    public IFormCollection? Redeemed { get; private set; }

    public List<object> Keys { get; } = [];

    public Dictionary<string, object?> UserInfo { get; } = [];

    /// <summary>Answers in the place of the right ones; null for those.</summary>
    public Func<IResult>? Discovery { get; set; }

    public Func<IResult>? TokenAnswer { get; set; }

    /// <summary>Changes the token before it is signed.</summary>
    public Action<JsonObject, JsonObject>? Change { get; set; }

    /// <summary>Signs in the place of the right key.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>What the right token says of the person who signed in.</summary>
    public Dictionary<string, string> Person { get; } = new() { ["sub"] = "subject-1" };

    public string Nonce { get; set; } = "";

    public static async Task<HostileProvider> StartAsync(Func<DateTimeOffset> now)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new HostileProvider(builder.Build(), now);
        provider.Keys.Add(provider.JwkOf(provider.Rsa, "rsa-1"));
        await provider._app.StartAsync();
        provider.Issuer = new Uri(provider._app.Urls.First());
        return provider;
    }

    public Dictionary<string, object?> Metadata() => new()
    {
        ["issuer"] = Issuer.OriginalString, ["authorization_endpoint"] = new Uri(Issuer, "/auth").OriginalString, ["token_endpoint"] = new Uri(Issuer, "/token").OriginalString,
        ["jwks_uri"] = new Uri(Issuer, "/keys").OriginalString, ["userinfo_endpoint"] = new Uri(Issuer, "/me").OriginalString, ["authorization_response_iss_parameter_supported"] = true,
    };

    public object JwkOf(RSA rsa, string id) =>
        new { kty = "RSA", use = "sig", kid = id, n = Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus), e = Base64Url.EncodeToString(rsa.ExportParameters(false).Exponent) };

    /// <summary>Everything right again.</summary>
    public void Mend()
    {
        (Change, Sign, Discovery, TokenAnswer) = (null, null, null, null);
        UserInfo.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Rsa.Dispose();
    }

    private string IdToken()
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "rsa-1" };
        var now = Now().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer.OriginalString, ["aud"] = ClientId, ["exp"] = now + 300, ["iat"] = now, ["auth_time"] = now, ["nonce"] = Nonce,
            ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(AccessToken)).AsSpan(0, 16)),
        };
        foreach (var (name, value) in Person) claims[name] = value;
        Change?.Invoke(header, claims);
        var text = $"{Encoded(header)}.{Encoded(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        return $"{text}.{Base64Url.EncodeToString(Sign?.Invoke(bytes) ?? Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encoded(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private IResult Seen(string what, IResult answer)
    {
        Asked.Enqueue(what);
        return answer;
    }
}
