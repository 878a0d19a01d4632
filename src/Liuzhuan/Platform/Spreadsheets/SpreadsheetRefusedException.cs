using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Carries a refusal out of the depths of a streaming reader; whoever opened the file turns it back into a value.</summary>
internal sealed class SpreadsheetRefusedException(Refusal refusal) : Exception(refusal.English)
{
    public Refusal Refusal { get; } = refusal;
}
