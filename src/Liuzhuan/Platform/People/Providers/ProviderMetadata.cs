using System.Text.Json;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>What a provider publishes about itself (OpenID Connect Discovery 1.0 section 3).</summary>
/// <param name="NamesItself">It puts its issuer into what it sends through the browser (RFC 9207), so an answer without it is somebody else's.</param>
internal sealed record ProviderMetadata(string Authorization, string Token, string Keys, string? UserInfo, string? EndSession, bool NamesItself)
{
    private const string Document = "/.well-known/openid-configuration";

    /// <summary>Where it is published.</summary>
    public static string AddressOf(ProviderOptions options) => IssuerOf(options).TrimEnd('/') + Document;

    /// <summary>The issuer as it was written: a slash more is another issuer.</summary>
    public static string IssuerOf(ProviderOptions options) => options.Issuer?.OriginalString ?? throw new InvalidOperationException("There is no provider.");

    /// <summary>Null when it is not that of the issuer, or cannot be used.</summary>
    public static ProviderMetadata? Read(JsonElement document, ProviderOptions options)
    {
        if (document.Text("issuer") != IssuerOf(options)) return null;
        return Address(document, "authorization_endpoint") is { } authorization && Address(document, "token_endpoint") is { } token && Address(document, "jwks_uri") is { } keys
            ? new ProviderMetadata(authorization, token, keys, Address(document, "userinfo_endpoint"), Address(document, "end_session_endpoint"),
                document.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True)
            : null;
    }

    private static string? Address(JsonElement document, string name) =>
        document.Text(name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && ProviderAddress.IsFit(address) && address.Fragment.Length == 0 ? text : null;
}
