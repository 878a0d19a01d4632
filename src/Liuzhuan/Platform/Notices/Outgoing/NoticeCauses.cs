using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>Why a notice was not sent: a code, with a detail behind a colon, and words that say what to do. Never a number or a name.</summary>
internal static class NoticeCauses
{
    public const string
        Expired = "expired", Interrupted = "interrupted", Erased = "content.erased", Unreadable = "content.unreadable", NoTemplate = "template.unknown", NoText = "template.channel",
        Missing = "template.value", Nobody = "recipient.nobody", NoAddress = "recipient.address", ChannelOff = "channel.off", TooLong = "sms.too-long",
        Timeout = "receiver.timeout", Unreachable = "receiver.unreachable", Status = "receiver.status", Garbage = "receiver.answer", Redirect = "receiver.redirect",
        NotAllowed = "receiver.not-allowed", Disabled = "webhook.disabled", MailRefused = "mail.refused", Fault = "fault";

    private static readonly Dictionary<string, Text> Words = new()
    {
        [Expired] = new("已过有效时间，不再发送：请重新发起。", "It was no longer worth sending: start again."),
        [Interrupted] = new("多次在发送途中中断：请查看服务日志。", "It was cut short again and again: look at the service's log."),
        [Erased] = new("内容已按保存期限删除，不能再发送。", "Its content was erased when its time was over; it cannot be sent again."),
        [Unreadable] = new("本机的密钥打不开内容：各主机应共用同一个 keys 目录。", "The keys of this host cannot open it: hosts must share one keys folder."),
        [NoTemplate] = new("没有这个模板，或者它今天不生效：请检查 data/notices。", "There is no such template in force today: look at data/notices."),
        [NoText] = new("模板没有这个渠道的文字：请检查 data/notices。", "The template has no text for this channel: look at data/notices."),
        [Missing] = new("模板要用的值没有给出，已停止发送：请改正发出通知的功能。", "A value that the template needs was not given, so nothing was sent: mend what makes the notice."),
        [Nobody] = new("没有人担任这个岗位：请在机构名录中指定人员或替班。", "Nobody holds this role: name an officer or a stand-in in the directory."),
        [NoAddress] = new("收件人没有可用的号码或地址：请在机构名录中补充。", "There is no number or address for the recipient: add one in the directory."),
        [ChannelOff] = new("这个渠道没有设置：请设置 Notices__SmsGateway 或 Notices__MailServer。", "This channel is not set up: set Notices__SmsGateway or Notices__MailServer."),
        [TooLong] = new("短信超过了允许的条数：请缩短模板，或调整 Notices__MostSegments。", "The text message needs too many segments: shorten the template, or change Notices__MostSegments."),
        [Timeout] = new("对方没有按时答复。", "The receiver did not answer in time."),
        [Unreachable] = new("连接不上对方：请检查地址、网络和证书。", "The receiver cannot be reached: check address, network and certificate."),
        [Status] = new("对方拒绝或出错，状态码", "The receiver refused or failed with status"),
        [Garbage] = new("对方的答复不合约定：地址可能不是短信网关，见 docs/notices.md。", "The answer is not of the agreed form: perhaps the address is no SMS gateway. See docs/notices.md."),
        [Redirect] = new("对方要求转向别的地址，不予跟随：请改用最终地址。", "The receiver redirects elsewhere, which is not followed: use the final address."),
        [NotAllowed] = new("地址不允许：须为 https，且不指向本机或未列入 Notices__PrivateNetworks 的内网。", "The address is not allowed: it must be https and lead neither to this machine nor into a private network that Notices__PrivateNetworks does not name."),
        [Disabled] = new("这个订阅已停用。", "This webhook is disabled."),
        [MailRefused] = new("邮件服务器拒收，答复码", "The mail server refused it with code"),
        [Fault] = new("程序出错：请查看服务日志。", "The program failed: look at the service's log."),
    };

    /// <summary>All codes.</summary>
    public static IReadOnlyCollection<string> All => Words.Keys;

    /// <summary>A cause in words, with its detail.</summary>
    public static Text Say(string cause)
    {
        var colon = cause.IndexOf(':', StringComparison.Ordinal);
        var (code, detail) = colon < 0 ? (cause, "") : (cause[..colon], cause[(colon + 1)..]);
        var words = Words.GetValueOrDefault(code) ?? Words[Fault];
        return detail.Length == 0 ? words : new Text($"{words.Zh}（{detail}）", $"{words.En} ({detail})");
    }
}
