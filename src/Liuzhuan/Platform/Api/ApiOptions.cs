using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Platform.Api;

/// <summary>Section "Api": the limits of the HTTP interface for machines.</summary>
internal sealed class ApiOptions
{
    /// <summary>Requests a client may send in one second, over longer times.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; init; } = 5000;

    /// <summary>Requests a client may send at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; init; } = 10_000;

    /// <summary>How old a request's signature may be, and how far clocks may differ.</summary>
    [Between("10s", "1h")]
    public TimeSpan SignatureAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an access token lives.</summary>
    [Between("1m", "1h")]
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an idempotency key brings back its answer.</summary>
    [Between("1m", "30d")]
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the question and answer of an entry are kept beside the ledger; network logs must be kept for six months at least (Cybersecurity Law art. 21).</summary>
    [Between("184d", "3650d")]
    public TimeSpan KeepPayloads { get; init; } = TimeSpan.FromDays(200);
}
