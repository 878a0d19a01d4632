using Liuzhuan.Matching;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange;

/// <summary>The main job: a file of people in, a verdict on every row out.</summary>
internal static class VerifyFile
{
    /// <summary>Verifies one file. The result replaces an existing file only on success; a refusal leaves everything as it was.</summary>
    public static Result<VerifyReport> Run(VerifyRequest request, Register register, TimeProvider clock, Action<VerifyProgress>? progress, CancellationToken stop) => throw new NotSupportedException("app");
}
