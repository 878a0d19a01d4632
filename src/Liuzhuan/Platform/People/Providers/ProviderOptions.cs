using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Section "SignIn__Provider": a provider of identities (OpenID Connect) that people may sign in with beside the service's own ways. docs/sign-in.md says how the two are made known to each other.</summary>
internal sealed record ProviderOptions
{
    /// <summary>The provider's issuer, exactly as its tokens write it; https, or http on this machine. Without it there is no provider.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>How the provider calls this service (client_id).</summary>
    public string ClientId { get; init; } = "";

    /// <summary>File of a client secret, for a provider that wants one (client_secret_basic); only its owner may read it. Without it this service proves itself with a key of its own (private_key_jwt).</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>Who signs in with it: officers on the page for staff, citizens in the hall, or both.</summary>
    public ProviderPeople For { get; init; } = ProviderPeople.Both;

    /// <summary>How pages call the provider in Chinese.</summary>
    [StringLength(40, MinimumLength = 1)]
    public string Name { get; init; } = "统一身份认证";

    /// <summary>How pages call the provider in English.</summary>
    [StringLength(60, MinimumLength = 1)]
    public string EnglishName { get; init; } = "the unified identity service";

    /// <summary>What is asked for, separated by semicolons; <c>openid</c> among it.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];

    /// <summary>The claim that holds an officer's number. Empty: an officer links the provider by themselves under <c>/me/provider</c>, signed in by another way.</summary>
    public string OfficerClaim { get; init; } = "";

    /// <summary>The claim that holds a citizen's real name.</summary>
    public string NameClaim { get; init; } = "name";

    /// <summary>The claim that holds a citizen's number.</summary>
    public string NumberClaim { get; init; } = "citizen_number";

    /// <summary>By how much the provider's clock may differ from this one's.</summary>
    [Between("0s", "5m")]
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the provider may take to answer.</summary>
    [Between("100ms", "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>True where people of this kind may sign in with the provider.</summary>
    public bool IsFor(ActorKind kind) => Issuer is not null && (For == ProviderPeople.Both || For == (kind == ActorKind.Officer ? ProviderPeople.Officers : ProviderPeople.Citizens));
}

/// <summary>Who signs in with the provider.</summary>
internal enum ProviderPeople
{
    Both,
    Officers,
    Citizens,
}
