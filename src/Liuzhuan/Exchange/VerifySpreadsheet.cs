using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange;

internal static class VerifySpreadsheet
{
    public static Result<VerifiedInput> Run(VerifyWork work, Stream output, CancellationToken stop) => throw new NotSupportedException("sheets");
}
