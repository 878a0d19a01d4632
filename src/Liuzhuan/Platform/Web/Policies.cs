using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Permissions;
using Microsoft.AspNetCore.Authorization;

namespace Liuzhuan.Platform.Web;

/// <summary>The policies that endpoints and pages name. One that names none is denied.</summary>
internal static class Policies
{
    /// <summary>Open to whoever reaches this address: health, published keys, the ledger's proofs, the pages that explain.</summary>
    public const string Open = "open";

    /// <summary>For machines of agencies: every such endpoint stands behind the gate that checks token, signature and limits.</summary>
    public const string Machine = "machine";

    /// <summary>For auditors' programs: the ledger's entries themselves.</summary>
    public const string Auditor = "auditor";

    /// <summary>For whoever is signed in.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Verifying a dropped file: open on a workstation that has no accounts and in demonstrations, else for who may verify files.</summary>
    public const string Workstation = "workstation";

    private const string Can_ = "can:";

    public const string CanVerifyPerson = Can_ + Capabilities.VerifyPerson, CanVerifyFile = Can_ + Capabilities.VerifyFile, CanSubmitRequest = Can_ + Capabilities.SubmitRequest,
        CanWorkQueue = Can_ + Capabilities.WorkQueue, CanSeeOwnAccesses = Can_ + Capabilities.SeeOwnAccesses, CanChallengeAccess = Can_ + Capabilities.ChallengeAccess,
        CanDecideChallenge = Can_ + Capabilities.DecideChallenge, CanSeeAlerts = Can_ + Capabilities.SeeAlerts, CanKeepDirectory = Can_ + Capabilities.KeepDirectory,
        CanSeeDirectory = Can_ + Capabilities.SeeDirectory, CanGrantRoles = Can_ + Capabilities.GrantRoles, CanImportCalendar = Can_ + Capabilities.ImportCalendar,
        CanSeeClocks = Can_ + Capabilities.SeeClocks, CanWatchNotices = Can_ + Capabilities.WatchNotices, CanReadInbox = Can_ + Capabilities.ReadInbox,
        CanReadLedgerEntries = Can_ + Capabilities.ReadLedgerEntries, CanOwnCredentials = Can_ + Capabilities.OwnCredentials, CanInviteOfficers = Can_ + Capabilities.InviteOfficers,
        CanAssistCitizen = Can_ + Capabilities.AssistCitizen;

    /// <summary>Is the page or address that was asked for under this policy?</summary>
    public static bool Of(HttpContext http, string policy) => http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == policy) is true;

    /// <summary>The policy of those who may do something.</summary>
    public static string Can(string capability) => Can_ + capability;

    /// <summary>What a policy lets one do; null where it does not ask for a capability.</summary>
    public static string? CapabilityOf(string policy) => policy == Workstation ? Capabilities.VerifyFile : policy.StartsWith(Can_, StringComparison.Ordinal) ? policy[Can_.Length..] : null;

    public static void AddPolicies(this IServiceCollection services)
    {
        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(Open, policy => policy.RequireAssertion(_ => true))
            .AddPolicy(Machine, policy => policy.RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<GatedMetadata>() is not null))
            .AddPolicy(Auditor, policy => policy.RequireAssertion(context => context.Resource is HttpContext http && AuditorToken.IsGood(http)))
            .AddPolicy(SignedIn, policy => policy.RequireAssertion(context => context.Resource is HttpContext http && Admission.IsSignedIn(http)))
            .AddPolicy(Workstation, policy => policy.RequireAssertion(async context => context.Resource is HttpContext http && await Admission.MayUseWorkstationAsync(http)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        foreach (var capability in Capabilities.All)
            policies.AddPolicy(Can(capability), policy => policy.RequireAssertion(context => context.Resource is HttpContext http && Admission.May(http, capability)));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Admission>();
    }
}
