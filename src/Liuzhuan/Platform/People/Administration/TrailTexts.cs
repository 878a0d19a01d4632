using Liuzhuan.Platform.People.Pages;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>What the codes of the trail's entries are called. A code that the service logs and that has no words here fails a test, not the page.</summary>
internal static class TrailTexts
{
    private static readonly Dictionary<string, Text> Kinds = new()
    {
        ["sign-in"] = new("登录", "sign-in"), ["permission"] = new("授权", "permission"), ["administration"] = new("管理", "administration"),
    };

    private static readonly Dictionary<string, Text> Acts = new()
    {
        ["sign-in"] = new("登录", "signed in"), ["prove"] = new("再次确认身份", "proved identity again"), ["sign-out"] = new("退出", "signed out"),
        ["sign-out-others"] = new("结束其他登录", "ended other sessions"), ["refuse"] = new("登录被拒", "was refused"),
        ["grant-role"] = new("授予角色", "granted a role"), ["revoke-role"] = new("撤销角色", "revoked a role"), ["invite-officer"] = new("邀请人员", "invited an officer"),
        ["add-passkey"] = new("登记通行密钥", "registered a passkey"), ["remove-passkey"] = new("删除通行密钥", "removed a passkey"),
        ["set-password"] = new("设置密码和验证器", "set password and authenticator"), ["remove-password"] = new("删除密码和验证器", "removed password and authenticator"),
        ["link-provider"] = new("关联统一身份认证", "linked the identity provider"), ["unlink-provider"] = new("删除统一身份认证关联", "removed the link with the identity provider"),
        ["keep-citizen-account"] = new("登记群众账号", "registered a citizen's account"), ["send-code"] = new("发送验证码", "was sent a code"),
        ["add-client"] = new("登记客户端", "registered a client"), ["add-key"] = new("登记公钥", "registered a key"), ["revoke-key"] = new("停用公钥", "revoked a key"),
        ["disable-client"] = new("停用客户端", "disabled a client"), ["allow"] = new("允许核验", "allowed questions"),
        ["change-directory"] = new("变更机构名录", "changed the directory"), ["add-watched"] = new("列入重点名单", "put people on a watched list"), ["remove-watched"] = new("移出重点名单", "took people off a watched list"),
        ["retry-notice"] = new("立即再发通知", "tried a notice at once"), ["replay-notice"] = new("重发通知", "sent a notice again"), ["replay-notices"] = new("重发一个渠道的通知", "sent a channel's notices again"),
        ["set-notice-aside"] = new("搁置通知", "set a notice aside"), ["add-webhook"] = new("新增事件订阅", "added a webhook"), ["disable-webhook"] = new("停用事件订阅", "disabled a webhook"),
        ["clock-behind"] = new("发现服务器时钟倒退", "found the server's clock behind"), ["erase-payloads"] = new("删除到期的内容", "erased contents that were due"), ["drop-accesses"] = new("删除到期的查询记录", "dropped old records of accesses"),
        ["give-up-accesses"] = new("放弃已丢失的查询记录", "gave up lost records of accesses"),
    };

    private static readonly Dictionary<string, Text> Names = new()
    {
        ["session"] = new("登录编号", "session"), ["of"] = new("对象", "of"), ["way"] = new("方式", "way"), ["assistedBy"] = new("协助人", "helped by"), ["actsFor"] = new("代谁办理", "acts for"),
        ["kept"] = new("保留的登录", "kept session"), ["cause"] = new("原因", "cause"), ["grant"] = new("授权编号", "grant"), ["officer"] = new("人员编号", "officer"), ["role"] = new("角色", "role"),
        ["reason"] = new("理由", "reason"), ["provision"] = new("依据", "provision"), ["until"] = new("有效期至", "until"), ["key"] = new("密钥编号", "key"), ["issuer"] = new("身份提供方", "provider"),
        ["identity"] = new("身份摘要", "digest of the identity"), ["phone"] = new("登记了手机", "with telephone"), ["replaced"] = new("换了手机", "telephone replaced"), ["client"] = new("客户端", "client"),
        ["agency"] = new("部门代码", "agency"), ["fact"] = new("事项", "fact"), ["purpose"] = new("用途", "purpose"), ["fields"] = new("比对项", "fields"), ["sealDays"] = new("封存天数", "days sealed"),
        ["scope"] = new("范围", "scope"), ["notice"] = new("通知编号", "notice"), ["channel"] = new("渠道", "channel"), ["webhook"] = new("订阅编号", "webhook"), ["address"] = new("地址", "address"), ["events"] = new("事件", "events"),
        ["change"] = new("版本", "version"), ["added"] = new("新增", "added"), ["changed"] = new("变更", "changed"), ["ended"] = new("终止", "ended"), ["entries"] = new("条目", "entries"), ["digest"] = new("摘要", "digest"),
        ["list"] = new("名单", "list"), ["people"] = new("人数", "people"), ["clock"] = new("当时时间", "clock"), ["due"] = new("到期于", "due"), ["before"] = new("早于", "before"), ["entry"] = new("账本第几条", "ledger entry"),
    };

    public static IEnumerable<string> ActCodes => Acts.Keys;

    public static IEnumerable<string> ValueNames => Names.Keys;

    public static Text KindName(string kind) => Kinds[kind];

    /// <summary>How an act is called. An entry without one, as a machine's signing in, is called by its kind; what an operator recorded from elsewhere keeps its own word.</summary>
    public static Text ActName(TrailEntry entry) => entry.Act.Length == 0 ? Kinds[entry.Kind] : Acts.GetValueOrDefault(entry.Act) ?? new Text(entry.Act, entry.Act);

    public static Text ValueName(string name) => Names.GetValueOrDefault(name) ?? new Text(name, name);

    /// <summary>A value in words where it is a code of ours; null where it stands for itself.</summary>
    public static Text? ValueWords(string name, string value) => name switch
    {
        "role" when Roles.All.Contains(value) => Roles.Name(value),
        "way" when SignInWays.All.Contains(value) => MeTexts.WayName(value),
        _ when value == "true" => new Text("是", "yes"),
        _ when value == "false" => new Text("否", "no"),
        _ => null,
    };
}
