using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Configuration;

/// <summary>What an operator can mend about the variables of the environment: which one, what is there, what may be there.</summary>
internal static class SettingRefusals
{
    public static Refusal Value(Setting setting, string text)
    {
        var (chinese, english) = setting.Allowed;
        var (shown, shownEnglish) = setting.MayBeShown ? ($"“{text}”", $"\"{text}\"") : ("", "what is there");
        return new("configuration.value",
            $"环境变量 {setting.Variable} 的值{shown}不能用。可以是：{chinese}。见 docs/configuration.md。",
            $"The variable {setting.Variable} cannot be {shownEnglish}. It may be: {english}. See docs/configuration.md.");
    }

    public static Refusal Unknown(string name, string nearest) => new("configuration.unknown",
        $"没有名为 {name} 的设置。是不是 {nearest}？请改正或去掉这个环境变量；全部名称见 docs/configuration.md。",
        $"There is no setting named {name}. Did you mean {nearest}? Correct this variable or remove it; docs/configuration.md has all names.");

    public static Refusal Together(string first, string second, string chinese, string english) => new("configuration.together",
        $"环境变量 {first} 与 {second} 不能这样配合：{chinese}。",
        $"The variables {first} and {second} do not go together like this: {english}.");
}
