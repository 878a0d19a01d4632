using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Platform.Notices.Pages;

/// <summary>The words of the pages on which an operator looks after notices and webhooks.</summary>
internal static class SendingTexts
{
    public static readonly Text Title = new("通知发送", "Sending of notices");
    public static readonly Text Lead = new(
        "短信、邮件和订阅推送发送失败时会自动再试，间隔越来越长；多次失败后停在这里，由您重发或搁置。内容和号码不在这里显示。",
        "Text messages, mails and webhooks that fail are tried again, at growing pauses; in the end they stop here, for you to send again or set aside. What they say and to which number is not shown.");
    public static readonly Text Waiting = new("等待发送", "Waiting");
    public static readonly Text Failing = new("正在重试", "Failing");
    public static readonly Text Dead = new("已停止", "Given up");
    public static readonly Text Sent = new("已送达", "Sent");
    public static readonly Text Aside = new("已搁置", "Set aside");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Channel = new("渠道", "Channel");
    public static readonly Text Template = new("事由", "Occasion");
    public static readonly Text Made = new("产生于", "Made");
    public static readonly Text Tried = new("尝试", "Attempts");
    public static readonly Text Cause = new("原因", "Cause");
    public static readonly Text NextTry = new("下次 {0}", "next at {0}");
    public static readonly Text Acts = new("处理", "Act");
    public static readonly Text RetryNow = new("立即再试", "Try now");
    public static readonly Text Replay = new("重发", "Send again");
    public static readonly Text SetAside = new("搁置", "Set aside");
    public static readonly Text Reason = new("搁置原因", "Reason");
    public static readonly Text ReplayAll = new("重发全部已停止的{0}", "Send all given up again: {0}");
    public static readonly Text ReplayAllWhy = new("网关或邮件服务器恢复后使用。每条用原来的编号，对方不会重复处理。", "For when the gateway or mail server is back. Each keeps its id, so that receivers do nothing twice.");
    public static readonly Text Empty = new("没有通知。有时限将到或有人登录时，这里会出现记录。", "No notices. When a limit draws near or somebody signs in, they stand here.");
    public static readonly Text Webhooks = new("事件订阅", "Webhooks");
    public static readonly Text WebhooksWhy = new("别的系统可以订阅事件（CloudEvents，带签名），约定见 docs/notices.md。新增和停用都会记入账本。", "Other systems may subscribe to events (CloudEvents, signed); docs/notices.md has the contract. Adding and disabling goes into the ledger.");
    public static readonly Text WebhookId = new("编号", "Id");
    public static readonly Text WebhookAddress = new("地址", "Address");
    public static readonly Text WebhookAddressWhy = new("完整的 https 地址；本机可用 http://localhost。", "A whole https address; http://localhost on this machine.");
    public static readonly Text WebhookEvents = new("事件", "Events");
    public static readonly Text WebhookAdd = new("新增订阅", "Add a webhook");
    public static readonly Text WebhookDisable = new("停用", "Disable");
    public static readonly Text WebhookActive = new("使用中", "In use");
    public static readonly Text WebhookDisabled = new("已停用", "Disabled");
    public static readonly Text WebhookNone = new("还没有订阅。", "There is no webhook yet.");
    public static readonly Text GuideStates = new("“正在重试”会自动再发，通常不用管；“已停止”需要您处理。", "What is failing is tried again by itself; what was given up needs you.");
    public static readonly Text GuideMend = new("先看“原因”，修好网关、服务器或名录，再重发。", "Look at the cause first, mend gateway, server or directory, then send again.");
    public static readonly Text GuideTrail = new("重发和搁置都会记入账本。", "Sending again and setting aside go into the ledger.");

    private static readonly Dictionary<string, Text> Channels = new()
    {
        [NoticeChannels.Route] = new("派送", "routing"), [NoticeChannels.Inbox] = InboxName, [NoticeChannels.Sms] = new("短信", "text message"), [NoticeChannels.Mail] = new("邮件", "e-mail"), [NoticeChannels.Webhook] = new("订阅推送", "webhook"),
    };

    private static readonly Dictionary<string, Text> Reasons = new()
    {
        ["told-otherwise"] = new("已用其他方式告知", "told in another way"), ["not-needed"] = new("不再需要", "not needed any more"),
        ["wrong-recipient"] = new("收件人不对", "wrong recipient"), ["receiver-gone"] = new("对方已不存在", "the receiver is gone"),
    };

    private static readonly Dictionary<string, Text> Templates = new()
    {
        ["alert-officer"] = new("查询提醒：请本人说明", "Alert: the officer is asked"), ["alert-supervisor"] = new("查询提醒：请督察处理", "Alert: a supervisor is told"),
        ["citizen-passkey"] = new("群众账号新增通行密钥", "A citizen's passkey was added"), ["citizen-passkey-removed"] = new("群众账号删除通行密钥", "A citizen's passkey was removed"),
        ["clock-nearly-due"] = new("时限将到", "A limit draws near"), ["clock-overdue"] = new("已超时限", "A limit is over"),
        ["officer-credential"] = new("账号新增登录方式", "A way to sign in was added"), ["officer-invited"] = new("账号有了邀请码", "An invitation was made"),
        ["officer-credential-removed"] = new("账号删除登录方式", "A way to sign in was removed"),
        ["officer-role-granted"] = new("授予角色", "A role was given"), ["officer-role-revoked"] = new("撤销角色", "A role was taken"),
        ["provider-other-identity"] = new("统一身份认证换了身份", "Another identity at the provider"), ["sign-in-code"] = new("登录验证码", "Sign-in code"),
        ["telephone-left"] = new("手机号已停用", "A telephone is no longer used"), ["telephone-registered"] = new("手机号已登记", "A telephone was registered"),
    };

    private static Text InboxName => new("收件箱", "inbox");

    /// <summary>The channels a notice may wait for.</summary>
    public static IEnumerable<string> ChannelCodes => Channels.Keys.Where(code => code != NoticeChannels.Inbox);

    public static Text NameOf(string channel) => Channels[channel];

    /// <summary>What an occasion is called; its code where the template is of another version of the program.</summary>
    public static Text TemplateOf(string template) => Templates.GetValueOrDefault(template) ?? new Text(template, template);

    /// <summary>What kind of recipient it is; the code beside it says which.</summary>
    public static Text RecipientOf(string recipient) => recipient.Split('/') switch
    {
        ["role", var seat] when Roles.All.Contains(seat.Split('@')[0]) => Roles.Name(seat.Split('@')[0]),
        ["officer", _] => new("工作人员", "officer"),
        ["citizen", _] => new("群众", "citizen"),
        ["webhook", _] => Channels[NoticeChannels.Webhook],
        [Recipients.Subscribers] => new("全部订阅方", "all subscribers"),
        [Recipients.Direct] => new("直接写明的号码", "a number given with it"),
        _ => new("收件人", "recipient"),
    };

    public static Text ReasonOf(string code) => Reasons[code];

    public static IReadOnlyList<string> StateCodes { get; } = [NoticeStates.Dead, NoticeFilter.Failing, NoticeStates.Waiting, NoticeStates.Sent, NoticeStates.Aside];

    public static Text StateOf(string code) => code switch
    {
        NoticeStates.Waiting => Waiting,
        NoticeFilter.Failing => Failing,
        NoticeStates.Sent => Sent,
        NoticeStates.Dead => Dead,
        _ => Aside,
    };

    public static StatusKind KindOf(NoticeRow row) => row.State switch
    {
        NoticeStates.Waiting => row.Cause is null ? StatusKind.Plain : StatusKind.Warning,
        NoticeStates.Sent => StatusKind.Good,
        NoticeStates.Dead => StatusKind.Bad,
        _ => StatusKind.Plain,
    };
}
