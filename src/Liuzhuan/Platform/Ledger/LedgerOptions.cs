using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Section "Ledger": the name of the log, and how much is written at once.</summary>
internal sealed class LedgerOptions
{
    /// <summary>The name that stands in checkpoints and in the public key; it stays for the life of the log. Neither spaces nor plus signs.</summary>
    [Required, StringLength(200), RegularExpression(@"[^\s+]+")]
    public string Origin { get; init; } = "liuzhuan.example/ledger";

    /// <summary>The most entries one commit makes durable.</summary>
    [Range(1, 10_000)]
    public int MostInGroup { get; init; } = 1000;

    /// <summary>The most entries that wait; further callers wait for a place.</summary>
    [Range(1, 100_000)]
    public int MostWaiting { get; init; } = 4000;

    /// <summary>How long a database that went away is waited for before the entries in hand are given up (they are then not acknowledged).</summary>
    [Between("1s", "5m")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}
