using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Turns the code that the browser brought into what the provider says of the person, straight from the provider.</summary>
internal sealed class RedeemCode(ProviderOptions options, ProviderCalls calls, ProviderDocuments documents, IdTokens tokens, KeyFolder keys, TimeProvider clock)
{
    /// <summary>Where the provider finds the key that this service proves itself with.</summary>
    public const string KeysPath = "/.well-known/sign-in-keys.json";

    private const int LongestAccessToken = 16 << 10;

    /// <param name="provedSince">As <see cref="IdTokens.CheckAsync"/>.</param>
    /// <param name="wanted">The claims that matter; what the ID token has not is asked for at the userinfo endpoint.</param>
    public async Task<Result<ProviderProof>> RunAsync(string code, FlowSecret secret, ProviderFlow flow, DateTimeOffset provedSince, IReadOnlyList<string> wanted, CancellationToken stop)
    {
        if (await documents.MetadataAsync(stop) is not { } metadata) return ProviderRefusals.Away;
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.Token);
        var fields = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", flow.Place), new("client_id", options.ClientId), new("code_verifier", secret.Verifier),
        };
        if (!Authenticate(request, fields)) return ProviderRefusals.Because("secret");
        request.Content = new FormUrlEncodedContent(fields);
        if (await calls.SendAsync(request, stop) is not var (status, answer) || status >= StatusCodes.Status500InternalServerError) return ProviderRefusals.Away;
        if (status != StatusCodes.Status200OK || answer is not { } json) return ProviderRefusals.Because("code");
        if (Long(json, "id_token") is not { } idToken || Long(json, "access_token") is not { } accessToken) return ProviderRefusals.Because("answer");
        if (!(await tokens.CheckAsync(idToken, accessToken, secret.Nonce, provedSince, stop)).Ok(out var token, out var refusal)) return refusal;

        var (subject, proved) = (token.Text("sub")!, token.Instant("auth_time") ?? clock.GetUtcNow());
        var claims = wanted.ToDictionary(name => name, name => token.Text(name));
        if (metadata.UserInfo is { } place && claims.Values.Any(value => value is null))
        {
            if (await calls.GetAsync(place, stop, accessToken) is not { } told) return ProviderRefusals.Away;
            // OpenID Connect Core section 5.3.2: of another subject it says nothing about this one.
            if (told.Text("sub") != subject) return ProviderRefusals.Because("userinfo");
            foreach (var name in wanted) claims[name] ??= told.Text(name);
        }

        return new ProviderProof(subject, proved, claims);
    }

    /// <summary>The key that proves this service to the provider, made when it is first wanted.</summary>
    public static SigningKey KeyOf(KeyFolder keys) => keys.Current(KeyPurposes.Provider, SigningSuites.Es256.Id);

    // private_key_jwt (RFC 7523 section 3), to the issuer alone, so that no other server can use it (draft-ietf-oauth-rfc7523bis section 4); or client_secret_basic, each half encoded first (RFC 6749 section 2.3.1).
    private bool Authenticate(HttpRequestMessage request, List<KeyValuePair<string, string>> fields)
    {
        if (options.ClientSecretFile is not { } file)
        {
            fields.Add(new("client_assertion_type", ClientAssertions.Type));
            fields.Add(new("client_assertion", ClientAssertions.Write(KeyOf(keys), options.ClientId, ProviderMetadata.IssuerOf(options), clock.GetUtcNow())));
            return true;
        }

        if (!ProviderSettings.ReadSecret(file).Ok(out var clientSecret, out _)) return false;
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FormEncoded(options.ClientId)}:{FormEncoded(clientSecret)}")));
        return true;
    }

    private static string FormEncoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string? Long(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestAccessToken } text && Ascii.IsValid(text) ? text : null;
}

/// <summary>What the provider says of somebody, checked.</summary>
/// <param name="Subject">How the provider calls them, for good.</param>
/// <param name="ProvedAt">When they last proved to the provider who they are.</param>
/// <param name="Claims">The claims that were wanted; null for what it does not say.</param>
internal sealed record ProviderProof(string Subject, DateTimeOffset ProvedAt, IReadOnlyDictionary<string, string?> Claims);
