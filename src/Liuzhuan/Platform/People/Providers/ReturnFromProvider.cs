using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Takes up what the provider sent back through the browser. Nothing is done before it is known that this browser set out, for this, and once.</summary>
internal sealed class ReturnFromProvider(ProviderOptions options, SignInOptions signIn, ProviderDocuments documents, ProviderFlows flows, RedeemCode redeem, EnterByProvider enter, AttemptLimits limits, TimeProvider clock)
{
    private const int LongestParameter = 2048;

    // The provider's own troubles (RFC 6749 section 4.1.2.1), not a no to the person.
    private static readonly string[] Troubles = ["server_error", "temporarily_unavailable"];

    /// <summary>Where to go on. Every refusal is an entry of the ledger.</summary>
    public async Task<Result<string>> RunAsync(HttpContext http, Actor? actor, CancellationToken stop)
    {
        if (options.Issuer is null) return ProviderRefusals.Because("off");
        if (!limits.TryBegin(http)) return CredentialRefusals.TooOften;
        if (!(await TakeAsync(http, actor, stop)).Ok(out var place, out var refusal))
        {
            await enter.RefusedAsync(actor, refusal, stop);
            return refusal;
        }

        limits.Succeeded(http);
        return place;
    }

    private async Task<Result<string>> TakeAsync(HttpContext http, Actor? actor, CancellationToken stop)
    {
        if (flows.SecretOf(http) is not { } secret) return ProviderRefusals.Because("browser");
        if (One(http, "state") is not { } state || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(secret.State))) return ProviderRefusals.Because("state");
        if (await flows.TakeAsync(secret, stop) is not { } flow) return ProviderRefusals.Because("flow");
        if (FlowPurposes.IsOfSession(flow.Purpose) && (actor is null || actor.Session != flow.Session)) return ProviderRefusals.Because("session");
        if (await documents.MetadataAsync(stop) is not { } metadata) return ProviderRefusals.Away;
        // RFC 9207 section 2.4: of errors, too.
        if ((metadata.NamesItself || http.Request.Query.ContainsKey("iss")) && One(http, "iss") != ProviderMetadata.IssuerOf(options)) return ProviderRefusals.Because("iss");
        if (http.Request.Query.ContainsKey("error")) return Troubles.Contains(One(http, "error")) ? ProviderRefusals.Away : ProviderRefusals.Declined;
        if (One(http, "code") is not { } code) return ProviderRefusals.Because("code");
        var since = FlowPurposes.IsOfSession(flow.Purpose) ? flow.BegunAt : clock.GetUtcNow() - signIn.LongestFor;
        return (await redeem.RunAsync(code, secret, flow, since, Wanted(flow, actor), stop)).Ok(out var proof, out var refusal) ? await enter.RunAsync(http, flow, actor, proof, stop) : refusal;
    }

    private string[] Wanted(ProviderFlow flow, Actor? actor) =>
        flow.Purpose == FlowPurposes.Citizen || (flow.Purpose == FlowPurposes.Prove && actor?.Kind == ActorKind.Citizen) ? [options.NameClaim, options.NumberClaim]
        : options.OfficerClaim.Length > 0 ? [options.OfficerClaim] : [];

    // A parameter that stands twice is none (RFC 6749 section 3.1).
    private static string? One(HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 and <= LongestParameter } value] ? value : null;
}
