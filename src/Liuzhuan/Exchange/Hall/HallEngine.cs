using Liuzhuan.Matching;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Exchange.Hall;

/// <summary>How the drop page has a file verified.</summary>
internal delegate Result<VerifyReport> VerifyRun(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop);

/// <summary>What the drop page tells about the register, as it is now.</summary>
internal delegate RegisterFacts RegisterNow();

internal sealed record RegisterFacts(string Name, DateTimeOffset AsOf, long Count);

/// <summary>Verifies dropped files against the main register of a running server.</summary>
internal sealed class HallEngine(RegisterShelf shelf, Ledger ledger, AccessRecorder accesses, WatchRecorder watch, TimeProvider clock)
{
    /// <summary>Where nobody is signed in, it is the account that runs the page who has files verified.</summary>
    public static readonly string Operator = $"operator/{Environment.UserName}@{Environment.MachineName}";

    private readonly BatchLog _log = new(ledger, accesses, Operator, new BatchGrounds("网页核验文件", "未写明", shelf.Main.Schema.Id));

    public Result<VerifyReport> Verify(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop)
    {
        using var touched = new TouchedNumbers();
        return VerifyFile.Run(request with { Record = LogOf(request.Errand).Record, Touched = touched, Policy = request.Errand?.Policy ?? request.Policy }, shelf.Main, clock, progress, stop);
    }

    public RegisterFacts Facts() => new(shelf.MainName, shelf.Main.AsOf, shelf.Main.Count);

    private BatchLog LogOf(Errand? errand) => errand is null ? _log : new BatchLog(ledger, accesses, errand.Actor, BatchGrounds.Of(errand)) { Watch = watch };
}
