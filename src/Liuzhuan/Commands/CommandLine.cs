using System.CommandLine;
using System.Data.Common;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>The command line: which commands there are, in which language they speak, and which exit code each ending has.</summary>
internal static class CommandLine
{
    public const string ProgramName = "liuzhuan";

    private const string LanguageOption = "--lang", LanguageVariable = "LIUZHUAN_LANG", DebugVariable = "LIUZHUAN_DEBUG";

    /// <summary>How long a command may take to end once it was asked to.</summary>
    public static readonly TimeSpan UsualStop = TimeSpan.FromSeconds(20);

    // A server ends by itself, within the time its options give it.
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(15);

    /// <summary>Runs one command line and gives back the exit code. Waits in place: each method that lets go of its thread has its own code compiled when a short command runs.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        if (args is ["verify", ..]) EarlyStart.ForVerify();
        var (given, from) = LanguageGiven(args);
        if (Known(given) is not { } language) return UsageErrors.TellLanguage(terminal, given, from);
        var session = new Session(terminal, language);
        try
        {
            return args is ["verify", ..] && VerifyArguments.Plain(args.AsSpan(1), session) is { } said ? VerifyRun.Run(session, said) : Invoke(session, args);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine(session.Say("已取消，没有留下不完整的结果。", "Cancelled; no partial result was left."));
            return ExitCodes.Cancelled;
        }
        catch (RegisterException refused)
        {
            return session.Refuse(EngineRefusals.From(refused));
        }
        catch (Exception fault) when (Mendable(fault) is { } refusal)
        {
            return session.Refuse(refusal);
        }
        catch (Exception fault)
        {
            return Failed(session, fault);
        }
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
        root.Options.Add(new Option<string>(LanguageOption)
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

    // Needed before parsing, because the help texts are made in this language.
    private static (string Language, string From) LanguageGiven(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith($"{LanguageOption}=", StringComparison.Ordinal) || args[i].StartsWith($"{LanguageOption}:", StringComparison.Ordinal)) return (args[i][(LanguageOption.Length + 1)..], LanguageOption);
            if (args[i] == LanguageOption && i + 1 < args.Length) return (args[i + 1], LanguageOption);
        }

        return Environment.GetEnvironmentVariable(LanguageVariable) is { Length: > 0 } variable ? (variable, LanguageVariable) : ("zh", LanguageVariable);
    }

    // With or without a country, as systems write it: en, en-GB, zh_CN.UTF-8.
    private static string? Known(string language) => language.Split('-', '_', '.')[0].ToLowerInvariant() is ("zh" or "en") and var known ? known : null;

    // Files that are not there, not readable or do not fit on the disk are for the caller to mend.
    private static Refusal? Mendable(Exception fault) => fault switch
    {
        DataRefusedException or DbException => DataRefusals.From(fault),
        UnauthorizedAccessException => new("file.denied", $"没有权限访问文件：请检查权限后重试。（{fault.Message}）", $"A file may not be accessed: check its permissions and try again. ({fault.Message})"),
        FileNotFoundException or DirectoryNotFoundException => new("file.missing", $"找不到文件或目录：请检查路径。（{fault.Message}）", $"A file or directory was not found: check the path. ({fault.Message})"),
        IOException => new("file.failed", $"读写文件失败：请检查磁盘空间和文件是否被占用。（{fault.Message}）", $"Reading or writing a file failed: check disk space and whether another program uses it. ({fault.Message})"),
        // How the base library tells that a file may not grow further, by a limit of the file system or of the user.
        ArgumentOutOfRangeException { ParamName: "value", TargetSite.Module.Name: "System.Private.CoreLib.dll" } when fault.StackTrace?.Contains("RandomAccess.Write", StringComparison.Ordinal) == true =>
            new("file.too-big", "文件写不下：已超过磁盘空间、文件系统或用户限额允许的大小，请换一个位置。", "The file does not fit: the disk space, the file system or a limit of the user allows no larger one. Choose another place."),
        _ => null,
    };

    private static int Failed(Session session, Exception fault)
    {
        session.Terminal.Error.WriteLine(session.Say(
            $"程序出错了，这是我们的问题，不是您的文件的问题（{fault.GetType().Name}）。设置环境变量 {DebugVariable}=1 再运行一次可看到细节，请把细节转给维护人员。",
            $"Something went wrong on our side, not in your file ({fault.GetType().Name}). Run it again with {DebugVariable}=1 to see the details, and pass them to the maintainers."));
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1") session.Terminal.Error.WriteLine(fault);
        return ExitCodes.Fault;
    }
}
