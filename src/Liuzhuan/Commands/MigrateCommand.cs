using System.CommandLine;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Commands;

/// <summary><c>migrate</c>: makes the database, or brings it to the schema of this program.</summary>
internal static class MigrateCommand
{
    public static Command Create(Session session)
    {
        var command = session.Command("migrate", "建立数据库，或把它升级到本程序的结构", "Makes the database, or brings it to the schema of this program");
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Store(parsed).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using (store)
            {
                var ran = await Migrator.MigrateAsync(store, stop);
                foreach (var step in ran) session.Terminal.Out.WriteLine(session.Say($"已执行 {step}", $"Ran {step}"));
                session.Terminal.Out.WriteLine(ran.Count == 0 ? session.Say($"数据库已是最新：{store.Place}", $"The database is up to date: {store.Place}") : session.Say($"数据库已升级（{ran.Count} 步）：{store.Place}", $"The database was brought up to date ({ran.Count} steps): {store.Place}"));
                return ExitCodes.Done;
            }
        });
        return command;
    }
}
