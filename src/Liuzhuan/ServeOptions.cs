using Liuzhuan.Exchange.Batches;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Registers;

namespace Liuzhuan;

/// <summary>What the drop page needs to run: where to listen, which register to ask, where jobs live and for how long.</summary>
internal sealed record ServeOptions
{
    /// <summary>Loopback port; 0 takes any free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Holds uploads and results (in <c>jobs</c>) and the keys that protect forms (in <c>keys</c>); readable by its owner only.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The register that files are verified against and that answers questions about persons.</summary>
    public required string RegisterPath { get; init; }

    /// <summary>Registers of other kinds, for questions about other facts.</summary>
    public IReadOnlyList<string> OtherRegisters { get; init; } = [];

    /// <summary>Loopback port for TLS, where machines may present a certificate; null for none, 0 for any free one.</summary>
    public int? TlsPort { get; init; }

    /// <summary>The address under which clients know this service, when a proxy stands in front of it.</summary>
    public Uri? PublicAddress { get; init; }

    public DataOptions Data { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public LedgerOptions Ledger { get; init; } = new();

    public BatchOptions Batches { get; init; } = new();

    /// <summary>Finds the schema a register was built with.</summary>
    public Func<string, RegisterSchema?> FindSchema { get; init; } = SchemaCatalogue.Find;

    public long MaxUploadBytes { get; init; } = 512L << 20;

    /// <summary>Uploads and results are deleted after this time.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From this age on the register is shown as old.</summary>
    public TimeSpan OldAfter { get; init; } = TimeSpan.FromDays(30);
}
