using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Notices;

/// <summary>What is refused around notices.</summary>
internal static class NoticeRefusals
{
    public static readonly Refusal Moved = new("notices.moved",
        "这条通知已不在这个状态：可能刚刚发出，或别人已经处理。请刷新页面。",
        "This notice is in that state no longer: it was just sent, or somebody else dealt with it. Reload the page.", StatusCodes.Status409Conflict);

    public static readonly Refusal Reason = new("notices.reason",
        "没有选择搁置的原因：请从列表中选一项，它会记入账本。",
        "No reason is chosen for setting it aside: choose one of the list; it goes into the ledger.");

    public static readonly Refusal NothingToReplay = new("notices.nothing",
        "没有可以重发的通知：内容已删除或已过有效时间的不能重发。",
        "There is no notice that can be sent again: what was erased, or is worth nothing any more, cannot.", StatusCodes.Status409Conflict);

    public static readonly Refusal WebhookId = new("webhook.id",
        "编号只能用小写字母、数字和 -，至多 50 个字符，且不能与已有的相同。",
        "An id has small letters, digits and -, at most 50 of them, and none that is there already.");

    public static readonly Refusal WebhookEvents = new("webhook.events",
        "请至少选择一种事件。",
        "Choose one event at least.");

    public static readonly Refusal WebhookUnknown = new("webhook.unknown",
        "没有这个订阅，或者它已停用。",
        "There is no such webhook, or it is disabled already.", StatusCodes.Status404NotFound);
}
