namespace Liuzhuan.Platform.Api;

/// <summary>Marks an endpoint that is served through the gate for machines.</summary>
/// <param name="Scope">The scope a caller needs.</param>
internal sealed record GatedMetadata(string Scope);
