using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;
using Liuzhuan.Platform.Ledger.Pages;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Liuzhuan.Platform.Api;

/// <summary>Plugs in what every endpoint for machines needs: keys, ledger, tokens, the gate.</summary>
internal static class ApiSetup
{
    /// <summary>Gates by how they remember nonces: in memory, where the ledger's transaction has the last word; or in the database.</summary>
    private const string Quick = "quick", Shared = "shared";

    /// <param name="publicAddress">The address clients use, where a proxy stands in front.</param>
    public static void AddApi(this IServiceCollection services, string folder, ApiOptions options, LedgerOptions ledger, Uri? publicAddress)
    {
        services.AddSingleton(options).AddSingleton(ledger);
        services.AddSingleton(provider => KeyFolder.Open(Path.Combine(folder, "keys"), provider.GetRequiredService<TimeProvider>()).Ok(out var keys, out var refusal) ? keys : throw new RefusedException(refusal));
        services.AddSingleton(provider => new Ledger.Ledger(
            provider.GetRequiredService<DataStore>(), provider.GetRequiredService<KeyFolder>().Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id), ledger,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Ledger.Ledger>>()));
        services.AddSingleton(provider => new AccessRecorder(
            provider.GetRequiredService<DataStore>(), PseudonymKeys.Current(provider.GetRequiredService<KeyFolder>()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccessHistory(provider.GetRequiredService<DataStore>(), PseudonymKeys.All(provider.GetRequiredService<KeyFolder>()))).AddSingleton<ShowAccesses>();
        services.AddSingleton<AccessTidying>().AddSingleton<AccessUpkeep>().AddHostedService(provider => provider.GetRequiredService<AccessUpkeep>());
        services.AddSingleton(provider => AddressOf(publicAddress, provider.GetRequiredService<IServer>()));
        services.AddSingleton<SharedOnceStore>().AddSingleton<ClientLimits>().AddSingleton<TokenEndpoint>();
        services.AddSingleton(provider => new MemoryOnceStore(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccessTokens(provider.GetRequiredService<KeyFolder>(), provider.GetRequiredService<ServiceAddress>().Issuer, provider.GetRequiredService<TimeProvider>()) { Life = options.TokenLife });
        services.AddSingleton(provider => new ClientAssertions(
            provider.GetRequiredService<IClientRegister>(), provider.GetRequiredService<SharedOnceStore>(), provider.GetRequiredService<ServiceAddress>().Audiences, provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(Quick, (provider, _) => GateWith(provider, provider.GetRequiredService<MemoryOnceStore>()));
        services.AddKeyedSingleton(Shared, (provider, _) => GateWith(provider, provider.GetRequiredService<SharedOnceStore>()));
        services.AddSingleton(provider => new Forgettable("nonces", (now, stop) => provider.GetRequiredService<SharedOnceStore>().ForgetAsync(now - ErasureTime.Doubt, stop)));
        services.AddErasureTime().AddSingleton<Retention>();
        services.AddSingleton(provider => new Forgettable("payloads", async (now, stop) => (int)await provider.GetRequiredService<Retention>().EraseDueAsync(now, stop)));
        services.AddSingleton<Forgetting>().AddHostedService(provider => provider.GetRequiredService<Forgetting>());
        services.AddSingleton(new MenuEntry(30, LedgerTexts.Title, "/ledger")).AddSingleton(new MenuEntry(40, ProblemTexts.Menu, "/problems"));
    }

    /// <summary>Maps what belongs to no capability: sign-in and the published keys.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        // Its memory begins before the first request can come: what was signed before it began is refused.
        _ = routes.ServiceProvider.GetRequiredService<MemoryOnceStore>();
        LedgerApi.Map(routes);
        routes.MapGet("/openapi.json", () => TypedResults.Stream(typeof(ApiSetup).Assembly.GetManifestResourceStream("openapi.json")!, "application/json")).RequireAuthorization(Policies.Open).MarkForMachines();
        routes.MapPost(TokenEndpoint.Path, (HttpContext http, TokenEndpoint endpoint) => endpoint.HandleAsync(http)).RequireAuthorization(Policies.Open).DisableAntiforgery().MarkForMachines();
        routes.MapGet("/.well-known/jwks.json", (KeyFolder keys) =>
            TypedResults.Bytes(JsonWebKeys.WriteSet([.. keys.All(KeyPurposes.Answers).Select(key => key.Public)]), "application/jwk-set+json")).RequireAuthorization(Policies.Open).MarkForMachines();
    }

    /// <summary>Maps an endpoint behind the gate.</summary>
    /// <param name="mostBytes">The largest body; 0 for none.</param>
    /// <param name="isNonceLogged">True where the handler makes the nonce durable together with its ledger entry; the gate then need not.</param>
    public static IEndpointConventionBuilder MapMachine(this IEndpointRouteBuilder routes, string method, string pattern, string scope, long mostBytes, Func<IServiceProvider, ApiHandler> handler, bool isNonceLogged = false)
    {
        // Resolved with the first request: the service's own address is known only once it listens.
        ApiGate? gate = null;
        ApiHandler? handle = null;
        return routes.MapMethods(pattern, [method], http =>
        {
            gate ??= http.RequestServices.GetRequiredKeyedService<ApiGate>(isNonceLogged ? Quick : Shared);
            handle ??= handler(http.RequestServices);
            return gate.ServeAsync(http, scope, mostBytes, handle);
        }).RequireAuthorization(Policies.Machine).WithMetadata(new GatedMetadata(scope)).DisableAntiforgery().MarkForMachines();
    }

    private static ApiGate GateWith(IServiceProvider provider, OnceStore once) => ActivatorUtilities.CreateInstance<ApiGate>(
        provider, new RequestGate(provider.GetRequiredService<AccessTokens>(), provider.GetRequiredService<IClientRegister>(), once, provider.GetRequiredService<TimeProvider>()));

    private static ServiceAddress AddressOf(Uri? publicAddress, IServer server)
    {
        if (publicAddress is not null) return ServiceAddress.At(publicAddress);
        var ports = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(BindingAddress.Parse).Select(address => (address.Scheme, address.Port));
        return ServiceAddress.OnThisMachine([.. ports.Distinct()]);
    }
}
