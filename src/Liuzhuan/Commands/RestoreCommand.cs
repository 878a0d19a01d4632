using System.CommandLine;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Files;

namespace Liuzhuan.Commands;

/// <summary><c>restore FILE</c>: puts a backup into an empty database of either kind, or in place of what is there.</summary>
internal static class RestoreCommand
{
    public static Command Create(Session session)
    {
        var file = session.Argument<string>("FILE", "备份文件", "Backup file");
        var replace = session.Option<bool>("--replace", "替换数据库中现有的内容（请先停止服务）", "Replace what the database holds (stop the service first)");
        var check = session.Option<bool>("--check", "只检查备份文件并显示内容，不恢复", "Only check the backup and show what it holds");
        var passphrase = BackupCommand.Passphrase(session);
        var command = session.Command("restore", "从备份文件恢复数据库（和密钥）", "Restores the database (and the keys) from a backup file");
        command.Arguments.Add(file);
        var data = new DataArguments(session, command);
        foreach (var option in new Option[] { passphrase, replace, check }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            using var line = new ProgressLine(session, session.Say("恢复", "Restore"), session.Terminal.ShowsProgress);
            if (InputFiles.Missing(path) is { } missing) return session.Refuse(missing);
            if (parsed.GetValue(check))
            {
                var contents = await Task.Run(() => RestoreBackup.Check(path, new CopyReporter(line), stop), stop);
                line.Dispose();
                Tell(session, session.Say($"备份文件 {path} 完好", $"The backup {path} is sound"), contents);
                return ExitCodes.Done;
            }

            string? secret = null;
            if (parsed.GetValue(passphrase) is { } secretPath && !SealedFolder.ReadPassphrase(secretPath).Ok(out secret, out var unusable)) return session.Refuse(unusable);
            if (!data.Store(parsed).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using (store)
            {
                var restored = await RestoreBackup.RunAsync(path, store, data.Keys(parsed), secret, parsed.GetValue(replace), session.Terminal.Clock, new CopyReporter(line), stop);
                line.Dispose();
                if (!restored.Ok(out var done, out refusal)) return session.Refuse(refusal);
                Tell(session, session.Say($"已恢复到 {store.Place}，逐表比对一致", $"Restored into {store.Place}; every table was compared"), done.Contents);
                if (done.OldKeys is { } old) session.Warn($"原来的密钥保存在 {old}。", $"the keys that were there are kept in {old}.");
                if (done.Contents.Header.HasKeys && secret is null) session.Warn("备份里有密钥，但没有恢复：需要时用 --passphrase-file。", "the backup holds keys that were not restored: use --passphrase-file for them.");
                if (!done.Contents.Header.HasKeys) session.Warn($"备份里没有密钥：请把密钥放回 {data.Keys(parsed)} 后再启动服务。", $"the backup holds no keys: put yours back into {data.Keys(parsed)} before the service starts.");
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static void Tell(Session session, string said, BackupContents contents)
    {
        session.Terminal.Out.WriteLine(session.Say(
            $"{said}：备份于 {contents.Header.MadeAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss}（{contents.Header.Provider}，程序 {contents.Header.Program}），{contents.Rows:N0} 行，摘要 {contents.Digest}",
            $"{said}: made {contents.Header.MadeAt:yyyy-MM-dd HH:mm:ss}Z ({contents.Header.Provider}, program {contents.Header.Program}), {contents.Rows:N0} rows, digest {contents.Digest}"));
        DataArguments.Tell(session, contents.Tables);
    }
}
