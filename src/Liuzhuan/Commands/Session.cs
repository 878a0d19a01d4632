using System.CommandLine;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>One run of the command line: its terminal and its language, and how every command ends.</summary>
internal sealed class Session(Terminal terminal, string language)
{
    public Terminal Terminal { get; } = terminal;

    /// <summary>"zh" or "en".</summary>
    public string Language { get; } = language;

    public bool IsEnglish => Language == "en";

    public string Say(string chinese, string english) => IsEnglish ? english : chinese;

    /// <summary>Tells the refusal; the caller can mend it.</summary>
    public int Refuse(Refusal refusal)
    {
        Terminal.Error.WriteLine(Say("错误：", "Error: ") + refusal.In(Language));
        return ExitCodes.Refused;
    }

    public void Warn(string chinese, string english) => Terminal.Error.WriteLine(Say("提醒：" + chinese, "Warning: " + english));

    public Option<T> Option<T>(string name, string chinese, string english, bool required = false, string? value = null) =>
        new(name) { Description = Say(chinese, english), Required = required, HelpName = value };

    public Argument<T> Argument<T>(string name, string chinese, string english) => new(name) { Description = Say(chinese, english) };

    public Command Command(string name, string chinese, string english) => new(name, Say(chinese, english));
}
