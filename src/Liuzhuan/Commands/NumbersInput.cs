using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>Citizen numbers from standard input, so that none stands in a command line, a history or a log.</summary>
internal static class NumbersInput
{
    /// <summary>One a line; empty lines are passed over.</summary>
    /// <param name="most">More are refused.</param>
    public static Result<List<PersonKey>> Read(Session session, int most)
    {
        if (session.Terminal.ShowsProgress) session.Terminal.Error.WriteLine(session.Say("请输入公民身份号码，每行一个，以 Ctrl-D 结束：", "Enter citizen numbers, one a line, and end with Ctrl-D:"));
        using var input = new StreamReader(session.Terminal.OpenInput());
        var context = new KeyContext(DateOnly.FromDateTime(session.Terminal.Clock.GetUtcNow().ToOffset(ChinaTime.Offset).DateTime), NumberRules.Default);
        var people = new List<PersonKey>();
        for (var line = 1; input.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (CitizenNumber.Read(text, context, out var number, out _) != Reasons.None) return NotANumber(line);
            if (people.Count == most) return Count(most);
            people.Add(PersonKey.Of(number));
        }

        return people.Count == 0 ? Count(most) : people;
    }

    private static Refusal Count(int most) => new("accesses.no-number",
        $"没有读到公民身份号码，或者太多：请从标准输入给出，每行一个，至多 {most} 个。",
        $"No citizen number was read, or too many: give them on standard input, one a line, at most {most}.");

    // Says where, and not what stands there.
    private static Refusal NotANumber(int line) => new("accesses.number",
        $"标准输入第 {line} 行不是有效的公民身份号码：请核对后重试。",
        $"Line {line} of standard input is no valid citizen number: check it and try again.");
}
