using System.CommandLine;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Commands;

/// <summary><c>backup FILE</c>: the whole database as of one instant, and the keys, in one file; the service goes on meanwhile.</summary>
internal static class BackupCommand
{
    public static Command Create(Session session)
    {
        var file = session.Argument<string>("FILE", "备份文件", "Backup file");
        var passphrase = Passphrase(session);
        var command = session.Command("backup", "把数据库（和密钥）备份到一个文件，服务无需停止", "Backs the database (and the keys) up into one file while the service runs");
        command.Arguments.Add(file);
        var data = new DataArguments(session, command);
        command.Options.Add(passphrase);
        command.SetAction(async (parsed, stop) =>
        {
            string? secret = null;
            if (parsed.GetValue(passphrase) is { } path && !SealedFolder.ReadPassphrase(path).Ok(out secret, out var unusable)) return session.Refuse(unusable);
            if (!data.Store(parsed).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using (store)
            {
                using var line = new ProgressLine(session, session.Say("备份", "Backup"), session.Terminal.ShowsProgress);
                var backup = await new RunFiles(store, session.Terminal.Clock).WithAllInAsync(
                    () => WriteBackup.RunAsync(store, parsed.GetValue(file)!, data.Keys(parsed), secret, session.Terminal.Clock, new CopyReporter(line), stop), stop);
                line.Dispose();
                if (!backup.Ok(out var made, out refusal)) return session.Refuse(refusal);
                session.Terminal.Out.WriteLine(session.Say(
                    $"已备份到 {parsed.GetValue(file)}：{made.Tables.Count} 张表，{made.Rows:N0} 行，{made.Bytes:N0} 字节，摘要 {made.Digest}",
                    $"Backed up to {parsed.GetValue(file)}: {made.Tables.Count} tables, {made.Rows:N0} rows, {made.Bytes:N0} bytes, digest {made.Digest}"));
                if (secret is null) session.Warn($"备份里没有密钥，单凭它不能继续签名：请另行妥善保存 {data.Keys(parsed)}，或用 --passphrase-file 把密钥加密后一起备份。", $"the keys are not in this backup, and without them nothing can be signed on: keep {data.Keys(parsed)} safe yourself, or put them in, encrypted, with --passphrase-file.");
                return ExitCodes.Done;
            }
        });
        return command;
    }

    /// <summary>Where the passphrase is read that seals the keys: never on the command line, where others see it.</summary>
    public static Option<string?> Passphrase(Session session) =>
        session.Option<string?>("--passphrase-file", "口令文件，用于加密（恢复时解密）备份里的密钥", "Passphrase file, with which the keys in the backup are encrypted (or opened)", value: "FILE");
}
