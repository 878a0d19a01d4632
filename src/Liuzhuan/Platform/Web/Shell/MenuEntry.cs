namespace Liuzhuan.Platform.Web.Shell;

/// <summary>A place that the navigation names. Each capability adds its own.</summary>
/// <param name="Order">Places are shown from the lowest up.</param>
/// <param name="Path">Where it leads; pages below it belong to it.</param>
/// <param name="Capability">Only who may do this sees it; null for all.</param>
internal sealed record MenuEntry(int Order, Text Name, string Path, string? Capability = null);
