using System.CommandLine;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Commands;

/// <summary><c>maintenance on | off</c>: pauses a running service for an upgrade or a backup, and opens it again; it notices within a second.</summary>
internal static class MaintenanceCommand
{
    public static Command Create(Session session)
    {
        var command = session.Command("maintenance", "暂停或恢复正在运行的服务（升级、备份时）", "Pauses a running service, or opens it again (for an upgrade or a backup)");
        command.Subcommands.Add(Turn(session, "on", isOn: true, "暂停：页面说明正在维护，接口答复 503 和重试时间", "Pauses it: pages say so, the interface answers 503 and when to try again"));
        command.Subcommands.Add(Turn(session, "off", isOn: false, "恢复服务", "Opens it again"));
        return command;
    }

    private static Command Turn(Session session, string name, bool isOn, string zh, string en)
    {
        var command = session.Command(name, zh, en);
        var data = new DataArguments(session, command, isFolderOnly: true);
        command.SetAction(parsed =>
        {
            var file = Maintenance.PathIn(data.Folder(parsed));
            if (isOn) File.WriteAllText(file, "");
            else File.Delete(file);
            session.Terminal.Out.WriteLine(isOn ? session.Say("服务已暂停收件；已收到的名单和批次会继续处理完。恢复：liuzhuan maintenance off", "The service takes nothing new; what it has received is still finished. Open it again with: liuzhuan maintenance off") : session.Say("服务已恢复。", "The service is open again."));
            return ExitCodes.Done;
        });
        return command;
    }
}
