using System.CommandLine;
using System.CommandLine.Parsing;

namespace Liuzhuan.Commands;

/// <summary>Says what is wrong with a command line, and where to look for the right one.</summary>
internal static class UsageErrors
{
    public static int Tell(Session session, ParseResult parsed)
    {
        foreach (var sentence in Sentences(session, parsed).Distinct()) session.Terminal.Error.WriteLine(session.Say("错误：", "Error: ") + sentence);
        var names = HelpText.Names(parsed);
        var command = names.Length == 0 ? "liuzhuan --help" : $"liuzhuan {names} --help";
        session.Terminal.Error.WriteLine(session.Say($"用法见：{command}", $"See: {command}"));
        return ExitCodes.Refused;
    }

    /// <summary>Says in both languages that there are only these two.</summary>
    /// <param name="from">The option or variable that named it.</param>
    public static int TellLanguage(Terminal terminal, string given, string from)
    {
        terminal.Error.WriteLine($"错误：{from} 的值“{given}”不认识：可用 zh 或 en。（The language \"{given}\" of {from} is unknown: use zh or en.）");
        terminal.Error.WriteLine("用法见（See）：liuzhuan --help");
        return ExitCodes.Refused;
    }

    private static IEnumerable<string> Sentences(Session session, ParseResult parsed)
    {
        var (result, any) = (parsed.CommandResult, false);
        foreach (var token in parsed.UnmatchedTokens)
        {
            any = true;
            yield return session.Say($"不认识“{token}”。", $"\"{token}\" is not known here.");
        }

        foreach (var argument in result.Command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is null or { Tokens.Count: 0 }))
        {
            any = true;
            yield return session.Say($"缺少 <{argument.Name}>：{argument.Description}。", $"<{argument.Name}> is missing: {argument.Description}.");
        }

        foreach (var option in result.Command.Options.Where(option => option.Required && result.GetResult(option) is null or { Implicit: true }))
        {
            if (!option.Required) continue;
            any = true;
            yield return session.Say($"缺少 {option.Name} <{option.HelpName}>：{option.Description}。", $"{option.Name} <{option.HelpName}> is missing: {option.Description}.");
        }

        foreach (var option in parsed.CommandResult.Children.OfType<OptionResult>().Where(option => option.Errors.Any() && !option.Implicit))
        {
            any = true;
            var given = string.Join(' ', option.Tokens.Select(token => token.Value));
            yield return given.Length == 0
                ? session.Say($"{option.Option.Name} 后面缺少值 <{option.Option.HelpName}>。", $"{option.Option.Name} needs a value <{option.Option.HelpName}>.")
                : session.Say($"{option.Option.Name} 的值“{given}”不对：应写成 {option.Option.Name} {option.Option.HelpName}。", $"The value \"{given}\" of {option.Option.Name} is wrong: write {option.Option.Name} {option.Option.HelpName}.");
        }

        if (result.Command.Subcommands.Count > 0 && result.Command.Action is null)
        {
            any = true;
            var names = string.Join(session.Say("、", ", "), result.Command.Subcommands.Select(sub => sub.Name));
            yield return session.Say($"请给出命令：{names}。", $"Name a command: {names}.");
        }

        if (any) yield break;
        foreach (var error in parsed.Errors) yield return session.Say($"命令行有误（{error.Message}）。", error.Message);
    }
}
