using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Pages;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Platform.People;

/// <summary>Plugs in who is who: sessions, accounts, permissions.</summary>
internal static class PeopleSetup
{
    /// <summary>Rounds of PBKDF2 with SHA-512 (OWASP asks for 210,000).</summary>
    private const int HashRounds = 210_000;

    /// <param name="publicAddress">The address under which people reach the pages; null for this computer's own.</param>
    /// <param name="isDemo">One may sign in as anybody with a button.</param>
    public static void AddPeople(this IServiceCollection services, SignInOptions options, Uri? publicAddress, bool isDemo)
    {
        services.AddSingleton(options).AddSingleton(new DemoMode(isDemo)).AddSingleton(SessionCookie.For(publicAddress));
        services.AddSingleton<DemoDoor>().AddSingleton<Workstation>().AddSingleton<OpenSessions>().AddSingleton<SignInDesk>().AddSingleton<ActorLoad>().AddSingleton<CitizenAccounts>();
        services.AddSingleton(provider => Permissions.Permissions.Shipped(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => Permissions.Grounds.Shipped(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<CurrentActor>().AddSingleton<Arrival>().AddSingleton<OfficerNotices>().AddSingleton<CitizenNotices>().AddSingleton<ManageRoles>().AddSingleton<AuditTrail>();
        // Before the directory, which everybody may see: whoever administers arrives at their own work.
        services.AddSingleton(new MenuEntry(51, AdminTexts.RolesTitle, "/admin/roles", Capabilities.GrantRoles)).AddSingleton(new MenuEntry(52, AdminTexts.OfficersTitle, "/admin/officers", Capabilities.InviteOfficers))
            .AddSingleton(new MenuEntry(53, AdminTexts.TrailTitle, "/admin/trail", Capabilities.ReadLedgerEntries));
        services.AddSingleton<StaffAccounts>().AddSingleton<CheckStaff>().AddSingleton<AttemptLimits>().AddSingleton<AccountStore>().AddScoped<PasskeyDesk>();
        services.AddIdentityCore<Account>().Services.AddScoped<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>());
        // Nothing of a password hash depends on the request; the framework would make one hasher for each.
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = HashRounds);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = publicAddress?.Host ?? "localhost";
            (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required");
            passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == Origin(publicAddress, context.HttpContext));
        });
        services.AddSingleton<CitizenSignIn>().AddSingleton<INoticeAddressee, CitizenAddressee>();
        services.AddSingleton(options.Provider).AddSingleton(new ProviderAddress(publicAddress)).AddSingleton<ProviderCalls>().AddSingleton<ProviderDocuments>().AddSingleton<IdTokens>().AddSingleton<RedeemCode>();
        services.AddSingleton<ProviderFlows>().AddSingleton<ProviderLinks>().AddSingleton<EnterByProvider>().AddSingleton<BeginAtProvider>().AddSingleton<ReturnFromProvider>();
        services.AddSingleton(provider => new Forgettable("ways to the identity provider", (now, stop) => provider.GetRequiredService<ProviderFlows>().ForgetAsync(now, stop)));
        services.AddSingleton(new MenuEntry(50, HallSignInTexts.AssistTitle, "/workbench/assist", Capabilities.AssistCitizen));
        services.AddSingleton(provider => new Forgettable("sign-in codes", (now, stop) => provider.GetRequiredService<CitizenSignIn>().ForgetAsync(now, stop)));
        services.AddSingleton<RefusedForm>().AddSingleton<SentForms>().AddSingleton(provider => new Forgettable("sent forms", (now, stop) => provider.GetRequiredService<SentForms>().ForgetAsync(now, stop)));
        services.AddSingleton(provider => new Forgettable("sessions", (now, stop) => provider.GetRequiredService<OpenSessions>().ForgetAsync(now - options.LongestFor, stop)));
    }

    /// <summary>Maps the key that the provider of identities checks this service by, where there is a provider that asks for one.</summary>
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<ProviderOptions>() is not { Issuer: not null, ClientSecretFile: null }) return;
        routes.MapGet(RedeemCode.KeysPath, (KeyFolder keys) =>
        {
            // Made here, where none was needed yet: the provider must have it before the first sign-in.
            _ = RedeemCode.KeyOf(keys);
            return TypedResults.Bytes(JsonWebKeys.WriteSet([.. keys.All(KeyPurposes.Provider).Select(key => key.Public)]), "application/jwk-set+json");
        }).RequireAuthorization(Policies.Open).MarkForMachines();
    }

    // As browsers write it: the address people use, or this computer's own.
    private static string Origin(Uri? publicAddress, HttpContext http) => publicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{http.Request.Scheme}://{http.Request.Host}";
}
