using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Inbox;

/// <summary>The words of the inbox.</summary>
internal static class InboxTexts
{
    public static readonly Text Title = new("收件箱", "Inbox");
    public static readonly Text Lead = new("即将到期、已逾期和需要您处理的事，都在这里告诉您。", "What is nearly due, overdue or waiting for you is told here.");
    public static readonly Text Show = new("显示", "Show");
    public static readonly Text All = new("全部", "All");
    public static readonly Text OnlyUnread = new("只看未读", "Unread only");
    public static readonly Text Unread = new("未读", "Unread");
    public static readonly Text Read = new("已读", "Read");
    public static readonly Text MarkRead = new("标为已读", "Mark as read");
    public static readonly Text MarkAll = new("全部标为已读", "Mark all as read");
    public static readonly Text Open = new("打开事项", "Open the matter");
    public static readonly Text Empty = new("没有消息。时限将到、逾期或有事要您处理时，会出现在这里。", "No messages. When a limit draws near or passes, or something waits for you, it stands here.");
    public static readonly Text NoUnread = new("没有未读消息。", "Nothing is unread.");
    public static readonly Text Count = new("{0} 条未读", "{0} unread");
    public static readonly Text Unreadable = new("这条消息打不开", "This message cannot be opened");
    public static readonly Text UnreadableWhy = new("它的密钥或模板已不在这台主机上：请告诉系统管理员。", "Its key or template is not on this host any more: please tell the system administrator.");
    public static readonly Text GuideWhat = new("消息按时间排列，新的在上面；未读的标有“未读”。", "Newest first; what is unread says so.");
    public static readonly Text GuideOpen = new("点“打开事项”去办理，办理后这里的消息不会自动消失。", "\"Open the matter\" leads to where it is done; the message stays.");
}
