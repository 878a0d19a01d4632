using System.CommandLine;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Credentials;

namespace Liuzhuan.Commands;

/// <summary><c>officer</c>: the first invitations and roles of an empty system, and help where nobody is left who could give them. Every change is an entry of the ledger.</summary>
internal static class OfficerCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("officer", "人员账号：发邀请码，授予和撤销角色（首次开通时用）", "Officers: invite, grant and revoke roles (for the first ones of a new system)");
        command.Subcommands.Add(Invite(session));
        command.Subcommands.Add(Grant(session));
        command.Subcommands.Add(Revoke(session));
        command.Subcommands.Add(List(session));
        return command;
    }

    private static Command Invite(Session session)
    {
        var command = session.Command("invite", "发一次性邀请码，只显示这一次", "Gives an invitation that works once; it is shown this once");
        var officer = OfficerArgument(session, command);
        Run(session, command, async (opened, parsed, stop) =>
        {
            if (!Configuration.SignInOf(SettingReader.OfProcess()).Ok(out var options, out var refusal)) return refusal;
            using var outbox = OutboxOf(session, opened);
            var accounts = new StaffAccounts(opened.Store, opened.Ledger.AppendAsync, new OfficerNotices(outbox, session.Terminal.Clock), options, session.Terminal.Clock);
            if (!(await accounts.InviteAsync(OpenedData.Actor, parsed.GetValue(officer)!, stop)).Ok(out var made, out refusal)) return refusal;
            return session.Say($"邀请码 {made.Code}，{made.Until.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm} 前有效，只能用一次。", $"Invitation {made.Code}, works once, until {made.Until.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm} (Beijing).");
        });
        return command;
    }

    private static Command Grant(Session session)
    {
        var command = session.Command("grant", "授予角色", "Grants a role");
        var (officer, role, reason) = (OfficerArgument(session, command), RoleArgument(session, command), ReasonOption(session, command));
        var provision = session.Option<string>("--provision", "依据（默认：首次开通）", "The provision (default: first set-up)", value: "TEXT");
        provision.DefaultValueFactory = _ => session.Say("首次开通", "first set-up");
        command.Options.Add(provision);
        Run(session, command, async (opened, parsed, stop) =>
        {
            using var outbox = OutboxOf(session, opened);
            return (await Manage(session, opened, outbox).GrantAsync(OpenedData.Actor, parsed.GetValue(officer)!, parsed.GetValue(role)!, parsed.GetValue(reason)!, parsed.GetValue(provision)!, stop)).Ok(out _, out var refusal) ? Done(session) : refusal;
        });
        return command;
    }

    private static Command Revoke(Session session)
    {
        var command = session.Command("revoke", "撤销角色", "Revokes a role");
        var (officer, role, reason) = (OfficerArgument(session, command), RoleArgument(session, command), ReasonOption(session, command));
        Run(session, command, async (opened, parsed, stop) =>
        {
            using var outbox = OutboxOf(session, opened);
            return (await Manage(session, opened, outbox).RevokeAsync(OpenedData.Actor, parsed.GetValue(officer)!, parsed.GetValue(role)!, parsed.GetValue(reason)!, stop)).Ok(out _, out var refusal) ? Done(session) : refusal;
        });
        return command;
    }

    private static Command List(Session session)
    {
        var command = session.Command("list", "列出现有角色授权", "Lists the roles that are held");
        Run(session, command, async (opened, _, stop) =>
        {
            using var outbox = OutboxOf(session, opened);
            var held = (await Manage(session, opened, outbox).ListAsync(null, stop)).Where(grant => grant.RevokedAt is null).ToList();
            return held.Count == 0 ? session.Say("还没有授权。", "None yet.") : string.Join('\n', held.Select(grant => $"{grant.OfficerId}\t{grant.Role}\t{grant.GrantedAt.UtcDateTime:yyyy-MM-dd}\t{grant.GrantedBy}\t{grant.Reason}"));
        });
        return command;
    }

    private static string Done(Session session) => session.Say("已生效，记入账本；对方须重新登录。", "Done, an entry of the ledger; they have to sign in again.");

    private static ManageRoles Manage(Session session, OpenedData opened, Outbox outbox) => new(opened.Store, opened.Ledger.AppendAsync, new OfficerNotices(outbox, session.Terminal.Clock), session.Terminal.Clock);

    // A running service sends what is taken in here.
    private static Outbox OutboxOf(Session session, OpenedData opened) => new(NoticeSeal.Of(opened.Store.Folder), new NoticeOptions(), session.Terminal.Clock);

    private static Argument<string> OfficerArgument(Session session, Command command)
    {
        var officer = session.Argument<string>("OFFICER", "人员编号", "The officer's id");
        command.Arguments.Add(officer);
        return officer;
    }

    private static Argument<string> RoleArgument(Session session, Command command)
    {
        var roles = string.Join(", ", Roles.OfStaff);
        var role = session.Argument<string>("ROLE", $"角色：{roles}", $"The role: {roles}");
        command.Arguments.Add(role);
        return role;
    }

    private static Option<string> ReasonOption(Session session, Command command)
    {
        var reason = session.Option<string>("--reason", "理由", "The reason", required: true, value: "TEXT");
        command.Options.Add(reason);
        return reason;
    }

    private static void Run(Session session, Command command, Func<OpenedData, ParseResult, CancellationToken, Task<Result<string>>> act)
    {
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                if (!(await act(opened, parsed, stop)).Ok(out var said, out refusal)) return session.Refuse(refusal);
                session.Terminal.Out.WriteLine(said);
                return ExitCodes.Done;
            }
        });
    }
}
