using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The product as it is installed: one <c>liuzhuan verify</c> process for each request, from start to end.</summary>
internal sealed class ProcessPeer(ResultLayout layout) : Peer
{
    private string _register = "", _ledger = "";

    public override string Name => layout == ResultLayout.CodesOnly ? "liuzhuan-process" : "liuzhuan-process-full";

    public override string? SharesStoreOf => "liuzhuan-codes";

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "people.lzr")];

    public override bool StartsAnew => true;

    public override ProcessMemory Memory() => ProcessMemory.OfChildren();

    // A ledger of its own, begun anew: whoever measures has one with which nobody must meddle.
    public override void Open(string folder)
    {
        (_register, _ledger) = (StoredFiles(folder)[0], Path.Combine(folder, $"ledger-of-{Name}"));
        if (Directory.Exists(_ledger)) Directory.Delete(_ledger, recursive: true);
    }

    public override void Run(string request, string result) =>
        Shell.Run(Places.Program, "verify", request, "--register", _register, "--output", result, "--layout", layout == ResultLayout.CodesOnly ? "codes" : "full", "--ledger", _ledger, "--quiet");
}
