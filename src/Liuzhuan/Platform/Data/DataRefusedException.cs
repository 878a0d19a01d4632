using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data;

/// <summary>Carries a refusal out of the depths of the data layer; the command line and the service's start turn it back into a sentence.</summary>
internal sealed class DataRefusedException(Refusal refusal) : Exception(refusal.English)
{
    public Refusal Refusal { get; } = refusal;
}
