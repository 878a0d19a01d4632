using System.CommandLine;
using System.Text;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>ledger record</c>: acts that were done outside of the program, on paper or in another system, become entries too.</summary>
internal static class LedgerRecordCommand
{
    private const int MostUnderWay = 256;

    public static Command Create(Session session)
    {
        var actor = session.Option<string>("--actor", "谁办理的（默认为本机的当前用户）；不要写公民的姓名或号码", "Who did it (default: the user of this machine); never a citizen's name or number", value: "TEXT");
        actor.DefaultValueFactory = _ => $"operator/{Environment.UserName}@{Environment.MachineName}";
        var command = session.Command("record", "从标准输入读取在系统之外办理的管理行为（每行一个 JSON 对象），记入账本并逐行给出位置", "Records administrative acts done elsewhere: one JSON object on each line of standard input; prints the position of each once it is durable");
        var place = new LedgerPlace(session, command);
        command.Options.Add(actor);
        command.SetAction(async (parsed, stop) =>
        {
            if (!(await place.StoreAsync(parsed, stop)).Ok(out var store, out var refusal)) return session.Refuse(refusal);
            await using var opened = store;
            if (!place.Ledger(parsed, store).Ok(out var ledger, out refusal)) return session.Refuse(refusal);
            await using var writer = ledger;
            using var input = new StreamReader(session.Terminal.OpenInput(), Encoding.UTF8);
            return await RecordAsync(session, ledger, input, parsed.GetValue(actor)!, stop);
        });
        return command;
    }

    private static async Task<int> RecordAsync(Session session, Ledger ledger, StreamReader input, string actor, CancellationToken stop)
    {
        var underWay = new Queue<Task<LedgerReceipt?>>();
        try
        {
            for (var line = 1L; await input.ReadLineAsync(stop) is { } text; line++)
            {
                if (text.Length == 0) continue;
                while (underWay.TryPeek(out var first) && (first.IsCompleted || underWay.Count == MostUnderWay)) await TellAsync(underWay.Dequeue());
                try
                {
                    underWay.Enqueue(ledger.AppendAsync(new NewEntry("administration", actor, Encoding.UTF8.GetBytes(text)), CancellationToken.None));
                    if (underWay.Last().Exception?.InnerException is ArgumentException wrong) throw wrong;
                }
                catch (ArgumentException)
                {
                    return session.Refuse(new Refusal("ledger.record-line",
                        $"第 {line} 行不能记入账本：每行应是一个 JSON 对象，至多 32 KB。前面的行已经记入，请改正这一行后从它重新开始。",
                        $"Line {line} cannot be recorded: each line is one JSON object of at most 32 KB. The lines before are recorded; mend this one and begin again from it."));
                }
            }

            while (underWay.TryDequeue(out var next)) await TellAsync(next);
            return ExitCodes.Done;
        }
        catch (LedgerUnavailableException)
        {
            return session.Refuse(new Refusal("ledger.unavailable", "账本此刻写不进去：请检查数据库和磁盘，从没有给出位置的第一行重新开始。", "The ledger cannot be written just now: look at database and disk, and begin again from the first line without a position."));
        }

        async Task TellAsync(Task<LedgerReceipt?> written)
        {
            session.Terminal.Out.WriteLine((await written)!.Position);
            await session.Terminal.Out.FlushAsync(CancellationToken.None);
        }
    }
}
