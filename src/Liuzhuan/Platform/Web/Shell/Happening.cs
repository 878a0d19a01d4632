namespace Liuzhuan.Platform.Web.Shell;

/// <summary>One line of a timeline: what happened, or will happen, and when.</summary>
/// <param name="At">The instant; null for "now".</param>
/// <param name="IsAhead">It is still to come.</param>
internal sealed record Happening(DateTimeOffset? At, string What, bool IsAhead = false);
