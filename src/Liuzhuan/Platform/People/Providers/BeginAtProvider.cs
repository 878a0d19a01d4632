using System.Globalization;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Sends somebody to the provider: authorization code flow with proof of the code (OpenID Connect Core section 3.1, RFC 7636, RFC 9700).</summary>
internal sealed class BeginAtProvider(ProviderOptions options, SignInOptions signIn, ProviderDocuments documents, ProviderFlows flows, ProviderAddress address, AttemptLimits limits, TimeProvider clock)
{
    /// <summary>The address to go to.</summary>
    /// <param name="purpose">One of <see cref="FlowPurposes"/>.</param>
    /// <param name="actor">Who is signed in; null for nobody.</param>
    /// <param name="language">What the provider is asked to speak, <c>zh</c> or <c>en</c>.</param>
    public async Task<Result<Uri>> RunAsync(HttpContext http, string purpose, Actor? actor, string? back, string language, CancellationToken stop)
    {
        if (!Allows(purpose, actor)) return ProviderRefusals.Because("purpose");
        if (!limits.TryBegin(http)) return CredentialRefusals.TooOften;
        if (await documents.MetadataAsync(stop) is not { } metadata) return ProviderRefusals.Away;
        var (place, isAnew) = (address.Of(http, ProviderAddress.ReturnPath), FlowPurposes.IsOfSession(purpose));
        var secret = await flows.BeginAsync(http, purpose, isAnew ? actor?.Session : null, ReturnPath.Of(back), place, stop);
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["response_mode"] = "query", ["client_id"] = options.ClientId, ["redirect_uri"] = place, ["scope"] = string.Join(' ', options.Scopes),
            ["state"] = secret.State, ["nonce"] = secret.Nonce, ["code_challenge"] = secret.Challenge, ["code_challenge_method"] = "S256",
            // Also what makes the provider say when identity was proved.
            ["max_age"] = (isAnew ? 0 : (long)signIn.LongestFor.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["ui_locales"] = language == PageLanguage.English ? "en zh-CN" : "zh-CN en",
        };
        if (isAnew) parameters["prompt"] = "login";
        return new Uri(QueryHelpers.AddQueryString(metadata.Authorization, parameters));
    }

    // Linking changes what one signs in with: as on the pages where that is done, identity was proved a moment ago and by one's own hands.
    private bool Allows(string purpose, Actor? actor) => purpose switch
    {
        FlowPurposes.Officer => options.IsFor(ActorKind.Officer),
        FlowPurposes.Citizen => options.IsFor(ActorKind.Citizen),
        FlowPurposes.Prove => actor is { AssistedBy: null, ActsFor: null } && options.IsFor(actor.Kind),
        FlowPurposes.Link => actor is { Kind: ActorKind.Officer } && options.IsFor(ActorKind.Officer) && clock.GetUtcNow() - actor.ProvedAt < signIn.ProofFor,
        _ => false,
    };
}
