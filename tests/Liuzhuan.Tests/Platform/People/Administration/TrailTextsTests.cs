using System.Text.RegularExpressions;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Tests.Platform.People.Administration;

/// <summary>What the service writes into the trail, read from its own text: every code of it is called something in both languages.</summary>
public partial class TrailTextsTests
{
    // Files that write entries of the three kinds that the trail shows.
    private static readonly string Logged = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Liuzhuan"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).Where(text => OfTrail().IsMatch(text)));

    [Fact]
    public void Every_act_that_is_logged_has_words()
    {
        var acts = ActCode().Matches(Logged).Concat(WrittenAct().Matches(Logged)).Select(match => match.Groups[1].Value).Where(code => code.Length > 0).Distinct().ToList();

        Assert.InRange(acts.Count, 25, 100);
        Assert.Empty(acts.Except(TrailTexts.ActCodes));
    }

    [Fact]
    public void Every_value_that_is_logged_has_a_name()
    {
        var details = DetailObject().Matches(Logged).Select(match => Inner().Replace(Inner().Replace(Quoted().Replace(match.Groups[1].Value, ""), ""), ""));
        var names = details.SelectMany(detail => MemberName().Matches(detail)).Concat(WrittenName().Matches(Logged)).Select(match => match.Groups[1].Value + match.Groups[2].Value).Where(name => name != "act").Distinct().ToList();

        Assert.InRange(names.Count, 30, 100);
        Assert.Empty(names.Except(TrailTexts.ValueNames));
    }

    [Fact]
    public void A_role_and_a_way_are_told_in_words_and_what_an_operator_recorded_keeps_its_own()
    {
        Assert.Equal("督察", TrailTexts.ValueWords("role", Roles.Supervisor)!.Zh);
        Assert.Equal("passkey", TrailTexts.ValueWords("way", "passkey")!.En);
        Assert.Null(TrailTexts.ValueWords("session", "0011"));
        var recorded = new TrailEntry(1, default, "administration", "operator/a@b", "seal-cabinet", []);
        Assert.Equal("seal-cabinet", TrailTexts.ActName(recorded).Zh);
        Assert.Equal("管理", TrailTexts.ActName(recorded with { Act = "" }).Zh);
        Assert.True(recorded with { Act = "grant-role" } is var granted && granted.Holds("授予") && granted.Holds("GRANTED") && granted.Holds("grant-role") && !granted.Holds("撤销"));
        Assert.True(recorded with { Values = [("role", Roles.Supervisor)] } is var given && given.Holds("督察") && given.Holds("supervisor") && !given.Holds("联络员"));
    }

    [Fact]
    public void Every_capability_is_called_something() => Assert.All(Capabilities.All, capability => Assert.NotEqual(CapabilityTexts.Name(capability).Zh, CapabilityTexts.Name(capability).En));

    [GeneratedRegex("""new NewEntry\((kind|"sign-in"|"permission"|"administration"),""")]
    private static partial Regex OfTrail();

    [GeneratedRegex("""\bact = "([a-z-]+)["]""")]
    private static partial Regex ActCode();

    [GeneratedRegex("""\\"act\\":\\"([a-z-]+)\\["]""")]
    private static partial Regex WrittenAct();

    [GeneratedRegex("""new\s*\{(\s*act = (?:[^{}]|\{[^{}]*\})*)\}""")]
    private static partial Regex DetailObject();

    [GeneratedRegex("""\$?"[^"]*["]""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""\([^()]*\)""")]
    private static partial Regex Inner();

    // "name = value" and "name" alone, between commas.
    [GeneratedRegex("""(?:^|,)\s*([a-z][A-Za-z]*)\s*(?=[=,]|$)""")]
    private static partial Regex MemberName();

    [GeneratedRegex("""(?:\{\{|,)\\"([a-z]+)\\":|json\.WriteString\("([a-zA-Z]+)["]""")]
    private static partial Regex WrittenName();
}
