using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Permissions;

/// <summary>What capabilities are called on pages.</summary>
internal static class CapabilityTexts
{
    private static readonly Dictionary<string, Text> Names = new()
    {
        [Capabilities.VerifyPerson] = new("在窗口核验个人", "verify people at a window"),
        [Capabilities.VerifyFile] = new("核验名单", "verify files"),
        [Capabilities.SubmitRequest] = new("提出核查请求", "submit requests"),
        [Capabilities.WorkQueue] = new("办理核查请求", "work on requests"),
        [Capabilities.SeeOwnAccesses] = new("查看谁查过自己", "see who looked them up"),
        [Capabilities.ChallengeAccess] = new("对查询提出异议", "object to an access"),
        [Capabilities.DecideChallenge] = new("答复异议", "answer objections"),
        [Capabilities.SeeAlerts] = new("处理查询提醒", "decide on look-up alerts"),
        [Capabilities.KeepDirectory] = new("维护机构名录", "keep the directory"),
        [Capabilities.SeeDirectory] = new("查看机构名录", "see the directory"),
        [Capabilities.GrantRoles] = new("授予和撤销角色", "grant and revoke roles"),
        [Capabilities.ImportCalendar] = new("导入工作日历", "import working calendars"),
        [Capabilities.SeeClocks] = new("查看时限", "see clocks"),
        [Capabilities.WatchNotices] = new("照看通知发送", "look after notices"),
        [Capabilities.ReadInbox] = new("查看收件箱", "read their inbox"),
        [Capabilities.ReadLedgerEntries] = new("查阅审计条目", "read the audit trail"),
        [Capabilities.OwnCredentials] = new("管理自己的登录方式", "keep their own ways to sign in"),
        [Capabilities.InviteOfficers] = new("邀请人员", "invite officers"),
        [Capabilities.AssistCitizen] = new("在窗口协助群众", "help citizens at a window"),
    };

    public static Text Name(string capability) => Names[capability];
}
