using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Hall;

/// <summary>How the drop page has a file verified.</summary>
internal delegate Result<VerifyReport> VerifyRun(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop);

/// <summary>What the drop page tells about the register, as it is now.</summary>
internal delegate RegisterFacts RegisterNow();

internal sealed record RegisterFacts(string Name, DateTimeOffset AsOf, long Count);

/// <summary>Verifies dropped files against the main register of a running server.</summary>
internal sealed class HallEngine(RegisterShelf shelf, TimeProvider clock)
{
    public Result<VerifyReport> Verify(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop) =>
        VerifyFile.Run(request, shelf.Main, clock, progress, stop);

    public RegisterFacts Facts() => new(shelf.MainName, shelf.Main.AsOf, shelf.Main.Count);
}
