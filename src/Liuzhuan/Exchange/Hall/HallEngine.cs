using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Hall;

/// <summary>How the drop page has a file verified.</summary>
internal delegate Result<VerifyReport> VerifyRun(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop);

/// <summary>What the drop page tells about the register, as it is now.</summary>
internal delegate RegisterFacts RegisterNow();

internal sealed record RegisterFacts(string Name, DateTimeOffset AsOf, long Count);

/// <summary>The register of a running server: opened once, brought up to date while in use.</summary>
internal sealed class HallEngine(HallOptions options, Func<string, RegisterSchema?> findSchema, TimeProvider clock) : IDisposable
{
    private readonly Register _register = Register.Open(options.RegisterPath, findSchema, isResident: true);

    public Result<VerifyReport> Verify(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop) =>
        VerifyFile.Run(request, _register, clock, progress, stop);

    public RegisterFacts Facts() => new(Path.GetFileName(options.RegisterPath), _register.AsOf, _register.Count);

    public bool Refresh() => _register.Refresh();

    public void Dispose() => _register.Dispose();
}
