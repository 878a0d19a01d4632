using System.CommandLine;
using System.Globalization;
using System.Text;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Tiles;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>ledger check | receipt | export | show | record | key | auditor-token</c>: what an auditor and an operator do with the log.</summary>
internal static class LedgerCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("ledger", "核对、查看和导出存证账本", "Checks, shows and exports the ledger");
        command.Subcommands.Add(LedgerCheckCommand.Create(session));
        command.Subcommands.Add(Receipt(session));
        command.Subcommands.Add(Export(session));
        command.Subcommands.Add(Show(session));
        command.Subcommands.Add(LedgerRecordCommand.Create(session));
        command.Subcommands.Add(Key(session));
        command.Subcommands.Add(Auditor(session));
        return command;
    }

    private static Command Receipt(Session session)
    {
        var file = session.Argument<string>("FILE", "收据文件（JSON）", "The receipt (JSON)");
        var key = session.Option<string>("--key", "账本公钥：ledger key 给出的一行，或含有它的文件", "The ledger's public key: the line that ledger key prints, or a file with it", required: true, value: "KEY|FILE");
        var command = session.Command("receipt", "离线核对一份收据", "Checks a receipt offline");
        command.Arguments.Add(file);
        command.Options.Add(key);
        command.SetAction(async (parsed, stop) =>
        {
            if (!LedgerPlace.Read(parsed.GetValue(key)!).Ok(out var known, out var refusal)) return session.Refuse(refusal);
            if (!ReceiptFile.Check(await File.ReadAllBytesAsync(parsed.GetValue(file)!, stop), known).Ok(out var receipt, out refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(session.Say(
                $"收据成立：账本 {known.Name} 第 {receipt.Position} 条，{receipt.At:yyyy-MM-dd HH:mm:ss}Z。",
                $"The receipt holds: entry {receipt.Position} of the ledger {known.Name}, {receipt.At:yyyy-MM-dd HH:mm:ss}Z."));
            session.Terminal.Out.WriteLine(Encoding.UTF8.GetString(receipt.Leaf.Span));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Export(Session session)
    {
        var directory = session.Argument<string>("DIR", "导出到的目录；再次导出只补新增部分", "Directory to export to; a later export adds what is new");
        var command = session.Command("export", "按 tlog-tiles 格式导出账本，供别人核对", "Exports the log as tlog-tiles, for others to check");
        var place = new LedgerPlace(session, command);
        command.Arguments.Add(directory);
        command.SetAction(async (parsed, stop) =>
        {
            if (!(await place.StoreAsync(parsed, stop)).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using var opened = store;
            if (!place.Key(parsed).Ok(out var key, out refusal)) return session.Refuse(refusal);
            var target = parsed.GetValue(directory)!;
            var export = new LogExport(new LedgerLog(store), key, target);
            if (!(await export.RunAsync(stop)).Ok(out var report, out refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(session.Say(
                $"已导出到 {target}：共 {report.Size:N0} 条，新增 {report.Size - report.Before:N0} 条，写入 {report.Files:N0} 个文件。",
                $"Exported to {target}: {report.Size:N0} entries, {report.Size - report.Before:N0} of them new, {report.Files:N0} files written."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Session session)
    {
        var position = session.Argument<long>("POSITION", "条目位置，从 0 起", "Position of the entry, from 0");
        var receipt = session.Option<string?>("--receipt", "同时把收据写入文件", "Also write its receipt to a file", value: "FILE");
        var command = session.Command("show", "查看一个条目", "Shows an entry");
        var place = new LedgerPlace(session, command);
        command.Arguments.Add(position);
        command.Options.Add(receipt);
        command.SetAction(async (parsed, stop) =>
        {
            if (!(await place.StoreAsync(parsed, stop)).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using var opened = store;
            var (log, wanted) = (new LedgerLog(store), parsed.GetValue(position));
            if (await log.EntryAsync(wanted, stop) is not { } entry)
            {
                var size = (await log.HeadAsync(stop)).Size;
                return session.Refuse(new Refusal("ledger.no-entry", $"没有第 {wanted} 条：账本现有 {size} 条，位置从 0 起。", $"There is no entry {wanted}: the ledger has {size}, counted from 0."));
            }

            session.Terminal.Out.WriteLine(Encoding.UTF8.GetString(entry.Leaf));
            if (parsed.GetValue(receipt) is not { } file) return ExitCodes.Done;
            if (!place.Ledger(parsed, store).Ok(out var ledger, out refusal)) return session.Refuse(refusal);
            await using var writer = ledger;
            var made = await ledger.ReceiptAsync(wanted, null, stop) ?? throw new LedgerBrokenException(string.Create(CultureInfo.InvariantCulture, $"Entry {wanted} lies behind the ledger's head."));
            await File.WriteAllBytesAsync(file, ReceiptFile.Write(made, ledger.Key.Name), stop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Auditor(Session session)
    {
        var command = session.Command("auditor-token", "给出审计人员读取账本条目所用的令牌（请妥善保管）", "Prints the token with which auditors read entries (keep it safe)");
        var place = new LedgerPlace(session, command);
        command.SetAction(parsed =>
        {
            if (!place.AuditorSecret(parsed).Ok(out var token, out var refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(token);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Key(Session session)
    {
        var command = session.Command("key", "给出账本的公钥，交给要核对的人", "Prints the ledger's public key, for those who check");
        var place = new LedgerPlace(session, command);
        command.SetAction(parsed =>
        {
            if (!place.Key(parsed).Ok(out var key, out var refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(key);
            return ExitCodes.Done;
        });
        return command;
    }
}
