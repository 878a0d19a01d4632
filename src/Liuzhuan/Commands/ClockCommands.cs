using System.CommandLine;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>clocks</c>: the legal clocks that are kept, their entries and their alarms. Every entry is one of the ledger, too.</summary>
internal static class ClockCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("clocks", "法定时限：列出、查看、记录、提醒", "Legal clocks: list, show, record, raise alarms");
        command.Subcommands.Add(List(session));
        command.Subcommands.Add(Show(session));
        command.Subcommands.Add(Start(session));
        command.Subcommands.Add(Record(session));
        command.Subcommands.Add(Alarms(session));
        return command;
    }

    private static Command List(Session session)
    {
        var command = session.Command("list", "按到期日列出时限", "Lists clocks by their due dates");
        var all = session.Option<bool>("--all", "包括已办结的", "Also those that are over");
        var limit = session.Option<int>("--limit", "最多列出几个（默认 100）", "How many to list at most (default 100)", value: "N");
        limit.DefaultValueFactory = _ => 100;
        command.Options.Add(all);
        command.Options.Add(limit);
        Run(session, command, async (opened, parsed, stop) =>
        {
            await using var connection = await opened.Store.OpenAsync(stop);
            var set = await new CalendarShelf().LoadAsync(connection, stop);
            foreach (var kept in await KeptClock.ListAsync(connection, parsed.GetValue(all), Math.Clamp(parsed.GetValue(limit), 1, 100_000), stop))
            {
                var state = kept.Read(set).StateAt(session.Terminal.Clock.GetUtcNow());
                session.Terminal.Out.WriteLine($"{kept.Id}  {State(state).In(session.Language)}  {CalendarCommands.End(session, kept.DueOn, kept.IsProvisional)}  {kept.Rule.Name.In(session.Language)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Session session)
    {
        var command = session.Command("show", "查看一个时限，逐日说明", "Shows a clock, day by day");
        var id = Id(session, command);
        Run(session, command, async (opened, parsed, stop) =>
        {
            await using var connection = await opened.Store.OpenAsync(stop);
            if (await KeptClock.FindAsync(connection, parsed.GetValue(id)!, stop) is not { } kept) return session.Refuse(ClockRefusals.Unknown);
            Tell(session, kept, kept.Read(await new CalendarShelf().LoadAsync(connection, stop)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Start(Session session)
    {
        var command = session.Command("start", "按规则开始一个时限", "Starts a clock under a rule");
        var id = Id(session, command);
        var rule = session.Option<string>("--rule", "规则代码，如 permit-decide", "Code of the rule, for example permit-decide", required: true, value: "RULE");
        var division = session.Option<string>("--division", "行政区划代码，决定用哪里的日历", "Division code, for its calendar", value: "CODE");
        command.Options.Add(rule);
        var holder = session.Option<string>("--holder", "承办人，时限将到和逾期时通知：officer/警号 或 role/岗位@机构代码", "Who is told when it is nearly due or overdue: officer/NUMBER or role/ROLE@OFFICE", value: "WHO");
        command.Options.Add(division);
        command.Options.Add(holder);
        var entry = new EntryArguments(session, command);
        Run(session, command, async (opened, parsed, stop) =>
        {
            if (!entry.Read(parsed, ClockAct.Start).Ok(out var start, out var refusal) || !ClockRules.Shipped.Find(parsed.GetValue(rule)!, start.Day).Ok(out var found, out refusal)) return session.Refuse(refusal);
            if (start.Provision.Length == 0) start = start with { Provision = found.Provision };
            return Tell(session, await Keep(opened, session).StartAsync(parsed.GetValue(id)!, parsed.GetValue(division) ?? "", found, start, parsed.GetValue(holder), stop));
        });
        return command;
    }

    private static Command Record(Session session)
    {
        var command = session.Command("record", "为时限添加一条记录，如中止、恢复、延长、办结", "Adds an entry to a clock: suspend, resume, extend, stop and others");
        var id = Id(session, command);
        var act = session.Argument<string>("ACT", string.Join("、", ClockActs.All), string.Join(", ", ClockActs.All));
        command.Arguments.Add(act);
        var entry = new EntryArguments(session, command);
        Run(session, command, async (opened, parsed, stop) =>
        {
            if (!ClockActs.TryRead(parsed.GetValue(act)!, out var known)) return session.Refuse(NoAct(parsed.GetValue(act)!));
            if (!entry.Read(parsed, known).Ok(out var read, out var refusal)) return session.Refuse(refusal);
            return Tell(session, await Keep(opened, session).RecordAsync(parsed.GetValue(id)!, read, stop));
        });
        return command;
    }

    private static Command Alarms(Session session)
    {
        var command = session.Command("alarms", "发出现在到时的提醒；服务运行时会自动进行", "Raises the alarms that are due now; a running service does so by itself");
        Run(session, command, async (opened, _, stop) =>
        {
            using var outbox = new Outbox(NoticeSeal.Of(opened.Store.Folder), new NoticeOptions(), session.Terminal.Clock);
            var alarms = new RaiseAlarms(opened.Store, opened.Ledger, outbox, session.Terminal.Clock);
            for (var more = true; more;)
            {
                (var raised, more) = await alarms.RunOnceAsync(stop);
                foreach (var alarm in raised)
                {
                    session.Terminal.Out.WriteLine(alarm.Kind == RaiseAlarms.Overdue
                        ? session.Say($"{alarm.Clock}  已逾期，应于 {alarm.DueOn:yyyy-MM-dd} 办结", $"{alarm.Clock}  is overdue, it was due on {alarm.DueOn:yyyy-MM-dd}")
                        : session.Say($"{alarm.Clock}  即将到期：{alarm.DueOn:yyyy-MM-dd}", $"{alarm.Clock}  is nearly due: {alarm.DueOn:yyyy-MM-dd}"));
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Tell(Session session, KeptClock kept, ClockReading reading)
    {
        var output = session.Terminal.Out;
        output.WriteLine($"{kept.Id}  {kept.Rule.Name.In(session.Language)}  {kept.Rule.Limit.Words.In(session.Language)}  {kept.Rule.Provision}");
        output.WriteLine(State(reading.StateAt(session.Terminal.Clock.GetUtcNow())).In(session.Language));
        foreach (var entry in kept.Entries) output.WriteLine($"  {entry.Id}  {ClockActs.Write(entry.Act)}  {entry.Day:yyyy-MM-dd}{(entry.Until is { } until ? $"..{until:yyyy-MM-dd}" : "")}  {entry.By}  {entry.Provision}  {entry.Author}  {entry.Approver}".TrimEnd());
        CalendarCommands.Tell(session, reading);
    }

    private static int Tell(Session session, Result<ClockReading> outcome)
    {
        if (!outcome.Ok(out var reading, out var refusal)) return session.Refuse(refusal);
        CalendarCommands.Tell(session, reading);
        return ExitCodes.Done;
    }

    private static Platform.Web.Text State(ClockState state) => state switch
    {
        ClockState.NotStarted => new("未开始", "not started"),
        ClockState.Running => new("计时中", "running"),
        ClockState.Suspended => new("中止", "suspended"),
        ClockState.Overdue => new("已逾期", "overdue"),
        _ => new("已办结", "over"),
    };

    private static Refusal NoAct(string given) => new("clocks.act", $"没有“{given}”这种记录：可用 {string.Join("、", ClockActs.All)}。", $"There is no act \"{given}\": use {string.Join(", ", ClockActs.All)}.");

    private static Argument<string> Id(Session session, Command command)
    {
        var id = session.Argument<string>("ID", "时限编号，如 case/2026-000123", "Id of the clock, for example case/2026-000123");
        command.Arguments.Add(id);
        return id;
    }

    private static KeepClock Keep(OpenedData opened, Session session) => new(opened.Store, opened.Ledger, new CalendarShelf(), session.Terminal.Clock);

    private static void Run(Session session, Command command, Func<OpenedData, ParseResult, CancellationToken, Task<int>> run)
    {
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened) return await run(opened, parsed, stop);
        });
    }
}
