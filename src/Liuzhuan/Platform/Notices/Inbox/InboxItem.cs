namespace Liuzhuan.Platform.Notices.Inbox;

/// <summary>A message in somebody's inbox, in the reader's language.</summary>
/// <param name="Matter">What it is about, such as <c>clock/case/2026-000123</c>.</param>
internal sealed record InboxItem(string Id, string Title, string Body, string? Matter, DateTimeOffset At, bool IsRead);
