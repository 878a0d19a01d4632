using System.CommandLine;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Commands;

/// <summary><c>move --to postgres --connection …</c>: copies everything into an empty database of the other kind and proves it; the source stays.</summary>
internal static class MoveCommand
{
    public static Command Create(Session session)
    {
        var to = session.Option<string>("--to", "目标数据库类型", "Kind of the target", required: true, value: "sqlite|postgres");
        var connection = session.Option<string?>("--connection", "目标的连接串（--to sqlite 时可省略：数据目录中的 liuzhuan.db）", "Connection string of the target (may be left out with --to sqlite: liuzhuan.db in the data folder)", value: "TEXT");
        var command = session.Command("move", "把全部数据复制到另一个数据库并逐表比对（来源由 Data__Provider 和 Data__Connection 给出）", "Copies all data to another database and compares every table (Data__Provider and Data__Connection name the source)");
        var data = new DataArguments(session, command, isFolderOnly: true);
        command.Options.Add(to);
        command.Options.Add(connection);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Store(parsed).Ok(out var source, out var refusal)) return session.Refuse(refusal);
            await using (source)
            {
                if (!new DataOptions { Provider = parsed.GetValue(to)!, Connection = parsed.GetValue(connection) ?? "" }.Checked().Ok(out var options, out refusal)) return session.Refuse(refusal);
                await using var target = new DataStore(options, data.Folder(parsed));
                using var line = new ProgressLine(session, session.Say("搬移", "Move"), session.Terminal.ShowsProgress);
                var moved = await new RunFiles(source, session.Terminal.Clock).WithAllInAsync(() => CopyDatabase.RunAsync(source, target, new CopyReporter(line), stop), stop);
                line.Dispose();
                if (!moved.Ok(out var tables, out refusal)) return session.Refuse(refusal);
                session.Terminal.Out.WriteLine(session.Say(
                    $"已从 {source.Place} 复制到 {target.Place}，{tables.Sum(table => table.Rows):N0} 行，逐表摘要一致：",
                    $"Copied {source.Place} to {target.Place}: {tables.Sum(table => table.Rows):N0} rows, the digests of every table agree:"));
                DataArguments.Tell(session, tables);
                TellNext(session, options);
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static void TellNext(Session session, DataOptions options)
    {
        var connection = options.Connection.Length == 0 ? session.Say("（留空）", "(empty)") : session.Say("（上面 --connection 的值）", "(the value of --connection above)");
        session.Terminal.Out.WriteLine(session.Say("来源的数据没有改动。搬移开始之后写入来源的数据不在目标中，所以搬移前应停止服务。现在请设置：", "The data of the source is unchanged. What was written to it since the move began is not in the target, so stop the service before moving. Now set:"));
        session.Terminal.Out.WriteLine($"  {DataOptions.ProviderVariable}={options.Provider}");
        session.Terminal.Out.WriteLine($"  {DataOptions.ConnectionVariable}={connection}");
    }
}
