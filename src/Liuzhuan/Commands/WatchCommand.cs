using System.CommandLine;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;

namespace Liuzhuan.Commands;

/// <summary><c>watch</c>: the lists of people whom nobody is to look up without need, and the rules that notice it. Numbers come from standard input and are kept as pseudonyms only.</summary>
internal static class WatchCommand
{
    private const int MostNumbers = 100_000;

    public static Command Create(Session session)
    {
        var command = session.Command("watch", "查询监督：名单和规则", "Supervision of look-ups: lists and rules");
        command.Subcommands.Add(Rules(session));
        command.Subcommands.Add(Lists(session));
        command.Subcommands.Add(Change(session, "add", "把一些人加入名单（号码从标准输入读取，只存假名）", "Puts people on a list (numbers from standard input; only pseudonyms are kept)",
            (keep, list, officer, people, _, reason, stop) => keep.AddAsync(OpenedData.Actor, list, officer, people, reason, stop)));
        command.Subcommands.Add(Change(session, "remove", "把一些人移出名单（号码从标准输入读取）", "Takes people off a list (numbers from standard input)",
            (keep, list, officer, people, keys, reason, stop) => keep.RemoveAsync(OpenedData.Actor, list, officer, people, keys, reason, stop)));
        return command;
    }

    private static Command Rules(Session session)
    {
        var command = session.Command("rules", "列出规则", "Lists the rules");
        command.SetAction(_ =>
        {
            foreach (var rule in WatchRules.Shipped.All)
            {
                var share = rule.Share > 0 ? $" {rule.Share}%" : "";
                session.Terminal.Out.WriteLine($"{rule.Id}  {rule.Name.In(session.Language)}  {rule.AtLeast} / {rule.Within.TotalHours:0} h{share}  {rule.ValidFrom:yyyy-MM-dd}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Lists(Session session)
    {
        var command = session.Command("lists", "各名单上有多少人", "How many people stand on each list");
        Run(session, command, async (keep, _, _, stop) =>
        {
            var counts = await keep.CountAsync(stop);
            foreach (var list in WatchLists.All) session.Terminal.Out.WriteLine($"{list}  {counts.GetValueOrDefault(list):N0}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Change(Session session, string name, string chinese, string english, ChangeList change)
    {
        var command = session.Command(name, chinese, english);
        var list = session.Argument<string>("list", $"名单：{string.Join("、", WatchLists.All)}", $"List: {string.Join(", ", WatchLists.All)}");
        var officer = session.Option<string>("--officer", "亲属邻居名单属于哪位民警（编号）", "Whose kin and neighbours they are (the officer's id)", value: "ID");
        var reason = session.Option<string>("--reason", "理由，记入账本", "The reason, for the ledger", value: "TEXT");
        reason.Required = true;
        command.Arguments.Add(list);
        command.Options.Add(officer);
        command.Options.Add(reason);
        Run(session, command, async (keep, keys, parsed, stop) =>
        {
            if (!NumbersInput.Read(session, MostNumbers).Ok(out var people, out var refusal)) return session.Refuse(refusal);
            var of = parsed.GetValue(officer) is { Length: > 0 } id ? Platform.People.Actor.OfOfficer(id) : "";
            if (!(await change(keep, parsed.GetValue(list)!, of, people, keys, parsed.GetValue(reason)!, stop)).Ok(out var changed, out refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(session.Say($"已变更 {changed} 人，并记入账本。", $"Changed {changed}, and entered in the ledger."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Run(Session session, Command command, Func<KeepWatchLists, IReadOnlyList<PseudonymKey>, ParseResult, CancellationToken, Task<int>> act)
    {
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                var keys = PseudonymKeys.All(opened.Keys);
                return await act(new KeepWatchLists(opened.Store, opened.Ledger.AppendAsync, keys[^1], session.Terminal.Clock), keys, parsed, stop);
            }
        });
    }

    private delegate Task<Result<int>> ChangeList(KeepWatchLists keep, string list, string officer, IReadOnlyCollection<Platform.Ledger.Accesses.PersonKey> people, IReadOnlyList<PseudonymKey> keys, string reason, CancellationToken stop);
}
