
namespace Liuzhuan.Matching.Tests;

public class JurisdictionTests
{
    private const int Division = 4;

    private const string Here = "11010519491231002X", Elsewhere = "220104198001010015", Replaced = "220104195001010011", Nobody = "22010419900101001X";

    private static readonly int[] AllColumns = [1, 2, 3, 4, 5, -1, -1, -1, -1, -1];

    private static readonly DisclosurePolicy NameOnly = new(Fields: 1, Notes.None, AnswerSuperseded: false);

    [Fact]
    public void Somebody_registered_elsewhere_is_answered_like_somebody_who_is_not_there()
    {
        using var folder = new TempFolder();
        using var register = Build(folder);
        var matcher = MatcherOf(register, beyond: null);

        var answers = new[] { Elsewhere, Replaced, Nobody }.Select(number => matcher.Ask([number, "王伟", "", "", "", ""], out _)).ToList();

        Assert.All(answers, answer => Assert.Equal(new AnswerCore(Verdict.CannotDecide, Reasons.BeyondJurisdiction), answer));
        Assert.Equal(["beyond_jurisdiction"], answers[0].NoteColumn(TestSchemas.Person));
        Assert.Equal(Verdict.Consistent, matcher.Ask([Here, "王伟", "1", "", "", ""], out _).Verdict);
        Assert.Equal(Reasons.NumberCheckDigit, matcher.Ask(["220104198001010016", "王伟", "", "", "", ""], out _).Reasons);
    }

    [Fact]
    public void Number_and_name_alone_are_compared_elsewhere_and_the_answer_says_what_it_left_out()
    {
        using var folder = new TempFolder();
        using var register = Build(folder);
        var matcher = MatcherOf(register, NameOnly);

        var plain = matcher.Ask([Elsewhere, "李华", "", "", "", ""], out _);
        var narrowed = matcher.Ask([Elsewhere, "李华", "1", "", "", ""], out _);

        Assert.Equal(new AnswerCore(Verdict.Consistent), plain);
        Assert.Equal((Verdict.Consistent, true, 1u << 1), (narrowed.Verdict, narrowed.IsNarrowed, narrowed.NotCompared));
        Assert.Equal(new AnswerCore(Verdict.NotInRegister), matcher.Ask([Nobody, "李华", "1", "", "", ""], out _));
        Assert.Equal(new AnswerCore(Verdict.Inconsistent, differing: 1u << 1), matcher.Ask([Here, "王伟", "2", "", "", ""], out _));
    }

    [Fact]
    public void What_is_filled_in_and_not_allowed_is_named_where_the_policy_says_so_and_nowhere_else()
    {
        using var folder = new TempFolder();
        using var register = Build(folder);
        var plan = new QuestionPlan(TestSchemas.Person, [0], AllColumns);
        Matcher Of(DisclosurePolicy policy) => new(register, plan, policy);
        var (silent, telling) = (Of(NameOnly), Of(NameOnly with { TellsLeftOut = true }));
        var split = Of(DisclosurePolicy.Full with { Fields = 0b11, TellsLeftOut = true, Within = new Jurisdiction(Division, "11", NameOnly) });

        Assert.Equal(new AnswerCore(Verdict.Consistent), silent.Ask([Here, "王伟", "2", "", "", ""], out _));
        Assert.Equal((Verdict.Consistent, true, 0b10u), Seen(telling.Ask([Here, "王伟", "2", "", "", ""], out _)));
        Assert.Equal((Verdict.Inconsistent, true, 0b110u), Seen(telling.Ask([Here, "王某", "2", "19491231", "", ""], out _)));
        Assert.Equal((Verdict.Consistent, false, 0u), Seen(telling.Ask([Here, "王伟", "", "", "", ""], out _)));
        Assert.Equal(new AnswerCore(Verdict.NotInRegister), telling.Ask([Nobody, "王伟", "2", "", "", ""], out _));
        // Within, what the purpose leaves out; elsewhere, what the area leaves out as well.
        Assert.Equal((Verdict.Inconsistent, true, 0b100u), Seen(split.Ask([Here, "王伟", "2", "19491231", "", ""], out _)));
        Assert.Equal((Verdict.Consistent, true, 0b110u), Seen(split.Ask([Elsewhere, "李华", "2", "19491231", "", ""], out _)));

        static (Verdict, bool, uint) Seen(AnswerCore answer) => (answer.Verdict, answer.IsNarrowed, answer.NotCompared);
    }

    [Theory]
    [InlineData("220000", "22")]
    [InlineData("220100", "2201")]
    [InlineData("220102", "220102")]
    public void A_division_reaches_those_below_it(string division, string prefix) => Assert.Equal(prefix, Jurisdiction.PrefixOf(division));

    [Theory]
    [InlineData(6, "22", false)]
    [InlineData(7, "2201", true)]
    [InlineData(8, "110105", true)]
    public void A_batch_answers_each_row_as_the_side_it_belongs_to(int seed, string prefix, bool tellsNames)
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(seed, 400);
        using var register = MatcherTests.Build(people, folder);
        var plan = new QuestionPlan(TestSchemas.Person, [0], AllColumns);
        var policy = DisclosurePolicy.Full with { Within = new Jurisdiction(Division, prefix, tellsNames ? NameOnly : null) };
        var (split, inside, beyond) = (new Matcher(register, plan, policy), new Matcher(register, plan, DisclosurePolicy.Full), new Matcher(register, plan, NameOnly));
        var residences = people.Rows.ToLookup(row => row[0], row => row);

        for (var i = 0; i < 2000; i++)
        {
            var question = people.Question();
            var (answer, full) = (split.Ask(question, out _), inside.Ask(question, out _));
            if (full.Verdict == Verdict.Invalid) Assert.Equal(full, answer);
            else if (IsWithin(residences, question[0], prefix)) Assert.Equal(full, answer);
            else if (!tellsNames) Assert.Equal(Reasons.BeyondJurisdiction, answer.Reasons);
            else Assert.Equal(beyond.Ask(question, out _), answer.IsNarrowed ? new AnswerCore(answer.Verdict, answer.Reasons, answer.Notes, answer.Differing, 0) : answer);
        }
    }

    // As a clerk would: through the replaced numbers to whoever has the number now.
    private static bool IsWithin(ILookup<string, string[]> people, string asked, string prefix)
    {
        if (CitizenNumber.Read(asked, new KeyContext(DateOnly.MaxValue, NumberRules.Default), out var read, out _) != Reasons.None) return false;
        var number = read.ToString();
        for (var hop = 0; hop <= 8; hop++)
        {
            var all = people[number].ToList();
            var live = all.Where(row => row[10].Length == 0).ToList();
            if (live.Count > 0) return live.TrueForAll(row => row[5].StartsWith(prefix, StringComparison.Ordinal));
            if (all.Count != 1) return false;
            number = all[0][10];
        }

        return false;
    }

    private static Matcher MatcherOf(Register register, DisclosurePolicy? beyond) =>
        new(register, new QuestionPlan(TestSchemas.Person, [0], AllColumns), DisclosurePolicy.Full with { Within = new Jurisdiction(Division, "11", beyond) });

    private static Register Build(TempFolder folder)
    {
        File.WriteAllText(folder.File("people.csv"), $"""
            id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by
            {Here},王伟,1,,,110105,active,,,,
            {Elsewhere},李华,2,,,220104,deceased,,,,
            {Replaced},李华,2,,,110105,active,,,,{Elsewhere}
            """);
        return MatcherTests.Build(folder);
    }
}
