namespace Liuzhuan.Platform.Web.Shell;

/// <summary>A page above the one being shown, for the breadcrumb. A page names those above it in <c>ViewData["Trail"]</c>, from the top.</summary>
internal sealed record Crumb(Text Name, string Path);
