using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.People.Providers;

namespace Liuzhuan.Platform.People;

/// <summary>Section "SignIn": how long people stay signed in, and what stops those who guess.</summary>
internal sealed record SignInOptions
{
    /// <summary>Without a request for this long one has to sign in again.</summary>
    [Between("1m", "1d")]
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>After this long one has to sign in again in any case.</summary>
    [Between("10m", "7d")]
    public TimeSpan LongestFor { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Pages that disclose data ask for the passkey or password again when it was last given longer ago than this.</summary>
    [Between("1m", "1d")]
    public TimeSpan ProofFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>So many wrong attempts in a row lock an account for a while.</summary>
    [Range(3, 100)]
    public int MostFailures { get; init; } = 5;

    /// <summary>How long.</summary>
    [Between("1m", "1d")]
    public TimeSpan LockedFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed attempts, and codes that were asked for, from one network address within a minute; further ones are refused unread. Behind a proxy everybody comes from one address.</summary>
    [Range(1, 100_000)]
    public int AttemptsPerMinute { get; init; } = 300;

    /// <summary>How long the one-time code of an invitation holds.</summary>
    [Between("10m", "30d")]
    public TimeSpan InvitationFor { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a code sent to a phone holds.</summary>
    [Between("1m", "1h")]
    public TimeSpan CodeFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The provider of identities, a section of its own.</summary>
    public ProviderOptions Provider { get; init; } = new();
}
