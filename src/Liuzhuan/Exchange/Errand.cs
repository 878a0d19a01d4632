using Liuzhuan.Matching;

namespace Liuzhuan.Exchange;

/// <summary>On whose behalf, for what and within which bounds a file is verified, where somebody is signed in. Kept with the file, so that it is the same after a restart.</summary>
internal sealed record Errand
{
    /// <summary>The officer, as the ledger names them.</summary>
    public required string Actor { get; init; }

    /// <summary>Who asks, as the ledger names them, where the officer only answers another agency: its look-ups are counted for them. Null where the officer asks.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Their name, for the colleagues who see the file.</summary>
    public required string ActorName { get; init; }

    /// <summary>Who asks, as the people in the file will read it.</summary>
    public required string Body { get; init; }

    /// <summary>Organ code of the office that asks; the file belongs to it.</summary>
    public required string Office { get; init; }

    public required string Agency { get; init; }

    public required string Division { get; init; }

    /// <summary>Code of the purpose.</summary>
    public required string Purpose { get; init; }

    public required string Provision { get; init; }

    /// <summary>Code of what is asked.</summary>
    public required string Fact { get; init; }

    /// <summary>The line of the permissions that allows it.</summary>
    public required string Rule { get; init; }

    /// <summary>The request that it answers, if any.</summary>
    public string? Request { get; init; }

    /// <summary>What the answers may say.</summary>
    public required DisclosurePolicy Policy { get; init; }
}
