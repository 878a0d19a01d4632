namespace Liuzhuan.Platform.Outcomes;

/// <summary>Carries a refusal through code that can only throw: a service that cannot start says why in its refusal's words.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.English)
{
    public Refusal Refusal { get; } = refusal;
}
