namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The product as it is installed: one <c>liuzhuan verify</c> process for each request, from start to end.</summary>
internal sealed class ProcessPeer : Peer
{
    private string _register = "";

    public override string Name => "liuzhuan-process";

    public override string? SharesStoreOf => "liuzhuan-codes";

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "people.lzr")];

    public override bool StartsAnew => true;

    public override ProcessMemory Memory() => ProcessMemory.OfChildren();

    public override void Open(string folder) => _register = StoredFiles(folder)[0];

    public override void Run(string request, string result) =>
        Shell.Run("dotnet", Path.Combine(Places.Repository, "artifacts", "program", "liuzhuan.dll"), "verify", request, "--register", _register, "--output", result, "--quiet");
}
