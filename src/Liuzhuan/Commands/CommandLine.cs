using System.CommandLine;

namespace Liuzhuan.Commands;

/// <summary>The command line: which commands there are.</summary>
internal static class CommandLine
{
    public const string ProgramName = "liuzhuan";

    /// <summary>How long a command may take to end once it was asked to.</summary>
    public static readonly TimeSpan UsualStop = TimeSpan.FromSeconds(20);

    // A server ends by itself, within the time its options give it.
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(15);

    /// <summary>Runs one command line and gives back the exit code. Waits in place: each method that lets go of its thread has its own code compiled when a short command runs.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        if (args is ["verify", ..]) EarlyStart.ForVerify();
        var (given, from) = SessionLanguage.Given(args);
        if (SessionLanguage.Known(given) is not { } language) return UsageErrors.TellLanguage(terminal, given, from);
        var session = new Session(terminal, language);
        return Endings.Of(session, () => args is ["verify", ..] && VerifyArguments.Plain(args.AsSpan(1), session) is { } said ? VerifyRun.Run(session, said) : Invoke(session, args));
    }

    // Apart, so that the library is loaded only where it is needed.
    private static int Invoke(Session session, string[] args)
    {
        var parsed = Root(session, args.FirstOrDefault()).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText) return UsageErrors.Tell(session, parsed);
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = session.Terminal.Out,
            Error = session.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = args.FirstOrDefault() is "serve" or "demo" ? LongestStop : UsualStop,
        }).GetAwaiter().GetResult();
    }

    // A command line that begins with a command needs that one only; making all of them, and what the library gives every root, takes a short command half as long as its work.
    internal static Command Root(Session session, string? first)
    {
        (string Name, Func<Session, Command> Create)[] commands =
        [
            ("verify", VerifyCommand.Create), ("register", RegisterCommands.Create), ("demo-data", DemoDataCommand.Create),
            ("demo", DemoCommand.Create), ("serve", ServeCommand.Create), ("ask", AskCommand.Create), ("agency", AgencyCommands.Create), ("officer", OfficerCommands.Create), ("accesses", AccessesCommand.Create), ("calendar", CalendarCommands.Create), ("clocks", ClockCommands.Create), ("directory", DirectoryCommands.Create), ("watch", WatchCommand.Create),
            ("migrate", MigrateCommand.Create), ("backup", BackupCommand.Create), ("restore", RestoreCommand.Create), ("move", MoveCommand.Create),
            ("ledger", LedgerCommands.Create), ("maintenance", MaintenanceCommand.Create), ("doctor", DoctorCommand.Create),
        ];
        var isNamed = Array.Exists(commands, command => command.Name == first);
        var about = session.Say(
            "流转：核对人员信息与登记库是否一致。文件进，逐行结论出。",
            "Liuzhuan: verifies facts about people against a register. A file in, a verdict on every row out.");
        var root = isNamed ? new Command(ProgramName, about) : new RootCommand(about);
        if (isNamed) root.Options.Add(HelpText.MakeOption(session));
        else HelpText.Use(session, root);
        root.Options.Add(new Option<string>(SessionLanguage.Option)
        {
            Description = session.Say("输出语言：zh（默认）或 en；也可用环境变量 LIUZHUAN_LANG", "Language: zh (default) or en; also by the variable LIUZHUAN_LANG"),
            HelpName = "zh|en",
            Recursive = true,
        });
        foreach (var (name, create) in commands)
        {
            if (!isNamed || name == first) root.Subcommands.Add(create(session));
        }

        return root;
    }
}
