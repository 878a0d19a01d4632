using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Liuzhuan.Commands;

/// <summary>Help in the language of the session. The library's own help is English only in a process without a culture library.</summary>
internal sealed class HelpText(Session session) : SynchronousCommandLineAction
{
    private const int MostIndent = 34;

    /// <summary>The option that asks for it, under all the names that the library's has.</summary>
    public static Option MakeOption(Session session) => new Option<bool>("--help", "-h", "/h", "-?", "/?")
    {
        Description = Description(session), Action = new HelpText(session), Recursive = true, Arity = ArgumentArity.Zero,
    };

    /// <summary>Puts this help, and a described <c>--version</c>, in place of the library's.</summary>
    public static void Use(Session session, Command root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Action = new HelpText(session);
                help.Description = Description(session);
            }
            else if (option is VersionOption version)
            {
                version.Description = session.Say("显示版本", "Show the version");
            }
        }
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        var (command, to) = (parsed.CommandResult.Command, session.Terminal.Out);
        to.WriteLine(command.Description);
        to.WriteLine();
        to.WriteLine(session.Say("用法：", "Usage:"));
        to.WriteLine($"  {Usage(parsed)}");
        Section(session.Say("参数：", "Arguments:"), command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description)));
        Section(session.Say("命令：", "Commands:"), command.Subcommands.Select(sub => (string.Join(' ', sub.Arguments.Select(a => $"<{a.Name}>").Prepend(sub.Name)), sub.Description)));
        Section(session.Say("选项：", "Options:"), command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Distinct().Select(Entry));
        return ExitCodes.Done;

        void Section(string heading, IEnumerable<(string Name, string? Text)> entries)
        {
            var list = entries.ToList();
            if (list.Count == 0) return;
            to.WriteLine();
            to.WriteLine(heading);
            var indent = Math.Min(MostIndent, list.Max(entry => entry.Name.Length));
            foreach (var (name, text) in list) to.WriteLine($"  {name.PadRight(indent)}  {text}".TrimEnd());
        }
    }

    /// <summary>The names of a command from the root down, for sentences: "register build".</summary>
    public static string Names(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var at = parsed.CommandResult; at.Parent is System.CommandLine.Parsing.CommandResult parent; at = parent) names.Push(at.Command.Name);
        return string.Join(' ', names);
    }

    private static string Description(Session session) => session.Say("显示本帮助", "Show this help");

    private string Usage(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var parts = new List<string> { CommandLine.ProgramName };
        if (Names(parsed) is { Length: > 0 } names) parts.Add(names);
        parts.AddRange(command.Arguments.Select(argument => $"<{argument.Name}>"));
        parts.AddRange(command.Options.Where(option => option.Required).Select(option => $"{option.Name} <{option.HelpName}>"));
        if (command.Subcommands.Count > 0) parts.Add(session.Say("<命令>", "<command>"));
        parts.Add(session.Say("[选项]", "[options]"));
        return string.Join(' ', parts);
    }

    private (string Name, string? Text) Entry(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-').Append(option.Name));
        if (option.HelpName is { } value) names += $" <{value}>";
        return (names, option.Required ? option.Description + session.Say("（必填）", " (required)") : option.Description);
    }
}
