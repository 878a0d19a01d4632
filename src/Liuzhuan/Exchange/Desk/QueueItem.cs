using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Exchange.Desk;

/// <summary>How urgent something is.</summary>
internal enum QueueGroup
{
    Overdue,
    Today,
    ThisWeek,
    Later,
    NoDue,
}

/// <summary>One matter that waits for a liaison.</summary>
/// <param name="Left">Working days until the last day; negative when it is over.</param>
/// <param name="Group">The group of the queue it is shown in.</param>
internal sealed record QueueItem(string Short, Text Kind, string Body, string Path, DateTimeOffset ReceivedAt, DateTimeOffset? DueAt, bool IsProvisional, long? Left, QueueGroup Group, bool IsObjection, Text State)
{
    public static Text NameOf(QueueGroup group) => group switch
    {
        QueueGroup.Overdue => RequestTexts.Overdue,
        QueueGroup.Today => RequestTexts.Today,
        QueueGroup.ThisWeek => RequestTexts.ThisWeek,
        QueueGroup.Later => RequestTexts.Later,
        _ => RequestTexts.NoDue,
    };

    /// <summary>Word, colour and shape of how urgent it is.</summary>
    public Status Urgency(PageLanguage language) => Group switch
    {
        QueueGroup.Overdue => new(StatusKind.Bad, Left is < 0 and var late ? language.Format(RequestTexts.LateDays, -late) : language[RequestTexts.LateNow]),
        QueueGroup.Today => new(StatusKind.Warning, language[RequestTexts.Today]),
        QueueGroup.NoDue => new(StatusKind.Plain, language[RequestTexts.NoDue]),
        _ => new(Group == QueueGroup.ThisWeek ? StatusKind.Warning : StatusKind.Good, Left == 1 ? language[RequestTexts.LeftDay] : language.Format(RequestTexts.LeftDays, Left ?? 0)),
    };
}
