using System.ComponentModel.DataAnnotations;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Telemetry;
using Liuzhuan.Registers;

namespace Liuzhuan;

/// <summary>Section "Serve": where to listen, which registers to ask, where files live and for how long. Options of <c>serve</c> come before the environment.</summary>
internal sealed record ServeOptions
{
    /// <summary>Port of the page and the interface on this machine (loopback); 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 5080;

    /// <summary>Holds uploads and results (in <c>jobs</c>) and the keys that protect forms (in <c>keys</c>); readable by its owner only.</summary>
    [NotASetting]
    public required string DataDirectory { get; init; }

    /// <summary>The register file that dropped files are verified against and that answers questions about persons.</summary>
    public required string RegisterPath { get; init; }

    /// <summary>Register files of other kinds, for questions about other facts, separated by semicolons.</summary>
    public IReadOnlyList<string> OtherRegisters { get; init; } = [];

    /// <summary>Loopback port for TLS, where machines may present a certificate; none without it, 0 for any free one.</summary>
    [Range(0, 65535)]
    public int? TlsPort { get; init; }

    /// <summary>The address under which clients know this service, when a proxy stands in front of it or it listens beyond this machine.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Where machines of agencies reach this service over the network with TLS: address and port, such as <c>0.0.0.0:8443</c> or <c>[::]:8443</c>. The pages stay on this machine. Needs Certificate and PublicAddress.</summary>
    public string? Listen { get; init; }

    /// <summary>File of the certificate shown there: PEM (its chain after it) or PFX without a password. A renewed file is picked up while running.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key; empty when the certificate's file holds it. Accounts other than its owner and group must not be able to read it.</summary>
    public string? CertificateKey { get; init; }

    public DataOptions Data { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public LedgerOptions Ledger { get; init; } = new();

    public BatchOptions Batches { get; init; } = new();

    public SignInOptions SignIn { get; init; } = new();

    /// <summary>A demonstration: one may sign in as anybody with a button. Set by the command <c>demo</c> only.</summary>
    [NotASetting]
    public bool Demo { get; init; }

    public NoticeOptions Notices { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Finds the schema a register was built with.</summary>
    public Func<string, RegisterSchema?> FindSchema { get; init; } = SchemaCatalogue.Find;

    /// <summary>The largest file that may be dropped on the page.</summary>
    [Between("1KB", "1024GB")]
    public long MaxUploadBytes { get; init; } = 512L << 20;

    /// <summary>Files dropped on the page and their results are deleted after this time.</summary>
    [Between("1m", "366d")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Files that agencies hand in to be verified, and the results, are deleted after this time. Legal limits for an answer reach 20 working days; rows can be disputed while the file is there.</summary>
    [Between("1d", "3660d")]
    public TimeSpan KeepRequestsFor { get; init; } = TimeSpan.FromDays(180);

    /// <summary>From this age on a register is shown as old, and the service's health as degraded.</summary>
    [Between("1h", "3650d")]
    public TimeSpan OldAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>With less room than this on the disk of the data folder the service's health is degraded.</summary>
    [Between("1MB", "1024GB")]
    public long LeastFree { get; init; } = 2L << 30;

    /// <summary>When asked to end: how long it still answers while <c>/health/ready</c> already refuses, so that whoever sends it requests looks elsewhere.</summary>
    [Between("0s", "5m")]
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When asked to end: how long requests under way may take before they are cut off.</summary>
    [Between("1s", "10m")]
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(30);
}
