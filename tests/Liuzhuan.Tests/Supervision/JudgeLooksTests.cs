using Liuzhuan.Supervision.Watching;

namespace Liuzhuan.Tests.Supervision;

public class JudgeLooksTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<WatchRule> Rules = WatchRules.Shipped.All;

    [Fact]
    public void The_third_look_at_one_person_within_a_day_is_a_finding()
    {
        var finding = Assert.Single(Judge(Person(1, 0, "a"), Person(2, 60, "b"), Person(3, 100, "a"), Person(4, 200, "a")));

        Assert.Equal(("same-person-day", "a", 3L), (finding.Rule.Id, finding.Subject, finding.Counted));
        Assert.Equal([1, 3, 4], finding.Looks.Select(look => look.Position));
    }

    [Fact]
    public void Looks_further_apart_than_the_rule_says_are_none() =>
        Assert.Empty(Judge(Person(1, 0, "a"), Person(2, 24 * 60, "a"), Person(3, 24 * 60 + 1, "a")));

    [Fact]
    public void What_was_counted_once_is_not_counted_again()
    {
        var looks = Enumerable.Range(0, 7).Select(i => Person(i, i, "a")).ToArray();

        Assert.Equal([[0, 1, 2], [3, 4, 5]], Judge(looks).Where(one => one.Rule.Id == "same-person-day").Select(one => one.Looks.Select(look => (int)look.Position)));
    }

    [Fact]
    public void Numbers_that_are_not_there_count_only_where_they_are_many_and_most()
    {
        var few = Enumerable.Range(0, 9).Select(i => Missing(i, i, 1, 1)).ToArray();
        var mixed = Enumerable.Range(0, 30).Select(i => Missing(i, i, 1, i % 3 == 0 ? 1 : 0)).ToArray();

        Assert.Empty(Judge(few));
        Assert.Empty(Judge(mixed));
        Assert.Equal("not-found", Assert.Single(Judge([.. few, Missing(9, 9, 1, 1)])).Rule.Id);
        Assert.Equal(40, Assert.Single(Judge(Missing(1, 0, 60, 40))).Counted);
    }

    [Fact]
    public void Files_with_one_person_and_people_of_lists_are_noticed()
    {
        Look[] files = [.. Enumerable.Range(0, 3).Select(i => List(i, i * 60 * 24 * 2, $"{i}"))];
        var colleague = Person(9, 0, "c") with { Listed = Look.ReadListed("colleagues:1,protected:2") };

        Assert.Equal("lone-files", Assert.Single(Judge(files)).Rule.Id);
        Assert.Equal(["colleagues", "protected"], Judge(colleague).Select(one => one.Rule.Id));
    }

    [Fact]
    public void Numbers_that_do_not_exist_make_a_list_no_longer()
    {
        Look[] padded = [.. Enumerable.Range(0, 3).Select(i => List(i, i * 60 * 24, [.. Enumerable.Range(i * 50, 50).Select(one => $"{one}")]) with { Asked = 50, NotFound = 47 })];
        Look[] whole = [.. padded.Select(look => look with { NotFound = 5 })];

        Assert.Contains(Judge(padded), finding => finding.Rule.Id == "lone-files");
        Assert.DoesNotContain(Judge(whole), finding => finding.Rule.Id == "lone-files");
    }

    [Fact]
    public void Whoever_is_in_list_after_list_while_the_others_change_is_noticed()
    {
        Look[] hidden = [.. Enumerable.Range(0, 4).Select(i => List(i, i * 60 * 24 * 5, ["x", .. Enumerable.Range(i * 20, 20).Select(one => $"{one}")]))];

        var finding = Assert.Single(Judge(hidden));

        Assert.Equal(("list-after-list", "x", 4L), (finding.Rule.Id, finding.Subject, finding.Counted));
    }

    [Fact]
    public void The_list_of_a_school_that_changes_a_little_and_one_that_is_mended_are_no_finding()
    {
        Look[] school = [.. Enumerable.Range(0, 6).Select(i => List(i, i * 60 * 24 * 5, [.. Enumerable.Range(i * 2, 40).Select(one => $"{one}")]))];
        Look[] mended = [.. Enumerable.Range(0, 6).Select(i => List(i, i * 60, [.. Enumerable.Range(0, 40 >> i).Select(one => $"{one}")]))];

        Assert.Empty(Judge(school));
        Assert.Empty(Judge(mended[..4]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Going_on_from_the_last_finding_gives_what_one_walk_over_everything_gives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var minutes = 0;
            var looks = Enumerable.Range(0, random.Next(1, 120)).Select(i => Any(random, i, minutes += random.Next(0, random.Next(2) == 0 ? 5 : 900))).ToList();
            var whole = Judge([.. looks]).Select(Told).ToHashSet();

            var (counted, pieces) = (new Dictionary<(string, string), long>(), new HashSet<string>());
            for (var upTo = 0; upTo < looks.Count;)
            {
                upTo = Math.Min(looks.Count, upTo + random.Next(1, 20));
                foreach (var finding in JudgeLooks.Of(looks[..upTo], Rules, counted))
                {
                    Assert.True(pieces.Add(Told(finding)));
                    counted[(finding.Rule.Id, finding.Subject)] = finding.Looks[^1].Position;
                }
            }

            Assert.Equal(whole.Order(), pieces.Order());
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void The_walk_finds_what_looking_back_from_every_look_finds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var minutes = 0;
            var looks = Enumerable.Range(0, random.Next(1, 80)).Select(i => Any(random, i, minutes += random.Next(0, 400))).ToList();

            Assert.Equal(Rules.SelectMany(rule => Slowly(rule, looks)).Order(), Judge([.. looks]).Select(Told).Order());
        }
    }

    // From every look that counts, everything before it within the time that no finding has taken yet.
    private static IEnumerable<string> Slowly(WatchRule rule, List<Look> looks)
    {
        foreach (var subject in looks.SelectMany(rule.SubjectsOf).Distinct())
        {
            var taken = -1L;
            foreach (var last in looks.Where(look => rule.SubjectsOf(look).Contains(subject) && rule.Of(look) > 0))
            {
                var kept = new List<Look>();
                foreach (var look in looks.Where(look => rule.SubjectsOf(look).Contains(subject) && look.Position > taken && look.Position <= last.Position))
                {
                    if (rule.Counts != WatchCount.Recurring || !kept.Any(before => look.At - before.At <= rule.Within && look.People.All(before.People.Contains))) kept.Add(look);
                }

                var near = kept.Where(look => last.At - look.At <= rule.Within).ToList();
                var sum = near.Sum(rule.Of);
                if (kept[^1] != last || sum < rule.AtLeast || sum * 100 < near.Sum(look => look.Asked) * rule.Share) continue;
                if (rule.Counts == WatchCount.Recurring && near[^rule.AtLeast..].Select(look => look.People.AsEnumerable()).Aggregate((common, people) => common.Intersect(people)).Count() > rule.People) continue;
                taken = last.Position;
                yield return $"{rule.Id}/{subject}/{sum}/{string.Join(',', near.Where(look => rule.Of(look) > 0).Select(look => look.Position))}";
            }
        }
    }

    private static string Told(Finding finding) => $"{finding.Rule.Id}/{finding.Subject}/{finding.Counted}/{string.Join(',', finding.Looks.Select(look => look.Position))}";

    private static IReadOnlyList<Finding> Judge(params Look[] looks) => JudgeLooks.Of(looks, Rules, new Dictionary<(string, string), long>());

    private static Look Person(long position, int minutes, string subject) => new(position, Morning.AddMinutes(minutes), "household-registration", false, 1, 0, subject, new Dictionary<string, long>());

    private static Look Missing(long position, int minutes, long asked, long missing) => Person(position, minutes, "") with { Asked = asked, NotFound = missing };

    private static Look List(long position, int minutes, params string[] people) =>
        Person(position, minutes, people is [var alone] ? alone : "") with { IsFile = true, Asked = people.Length, People = people.ToHashSet() };

    private static Look Any(Random random, long position, int minutes)
    {
        var asked = random.Next(3) == 0 ? random.Next(1, 30) : 1;
        if (random.Next(4) == 0) return List(position, minutes, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"{random.Next(12)}").Distinct()]);
        return Person(position, minutes, asked == 1 ? $"{random.Next(4)}" : "") with
        {
            IsFile = random.Next(8) == 0, Asked = asked, NotFound = random.Next(0, asked + 1),
            Listed = random.Next(12) == 0 ? Look.ReadListed("protected:1,neighbours:2") : new Dictionary<string, long>(),
        };
    }
}
