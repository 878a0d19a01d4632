using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Tests.Platform.Permissions;

public class GroundFileTests
{
    private static readonly TestClock Clock = new(TestClock.Morning);

    [Fact]
    public void The_branches_of_grounds_are_those_of_the_directory() => Assert.Equal(EntryForm.Branch.Choices.Select(choice => choice.Code), Ground.KnownBranches);

    [Fact]
    public void Whatever_a_clerk_may_ask_for_has_a_ground_in_force()
    {
        var (permissions, grounds) = (Liuzhuan.Platform.Permissions.Permissions.Shipped(Clock), Grounds.Shipped(Clock));

        var purposes = permissions.Rules.Where(rule => rule.Capability == Capabilities.SubmitRequest).SelectMany(rule => rule.Purposes!).Distinct().ToList();

        Assert.NotEmpty(purposes);
        Assert.All(purposes, purpose => Assert.NotEmpty(grounds.Of(purpose, null)));
        // And the other way round: no ground stands for what no clerk may ask for.
        Assert.All(grounds.All, ground => Assert.Contains(ground.Purpose, purposes));
    }

    [Theory]
    [InlineData("purpose: no-such, branches: any, source: x")]
    [InlineData("purpose: public-service, branches: [court, no-such], source: x")]
    [InlineData("purpose: public-service, source: x")]
    [InlineData("purpose: public-service, branches: any")]
    [InlineData("purpose: public-service, branches: any, source: x, article: 1")]
    public void A_line_that_is_not_understood_stops_the_start(string line) => Assert.Throws<UnfitException>(() => Read($"- {{ id: g, {line}, zh: 甲, en: a, valid_from: 2026-01-01 }}"));

    [Fact]
    public void A_ground_stands_for_its_branches_or_for_any()
    {
        var grounds = new Grounds(Read("""
            - { id: a, purpose: public-service, branches: any, zh: 甲, en: a, valid_from: 2026-01-01, source: x }
            - { id: b, purpose: public-service, branches: [court], zh: 乙, en: b, valid_from: 2026-01-01, source: x }
            """), Clock);

        Assert.Equal(["a", "b"], grounds.Of("public-service", "court").Select(ground => ground.Id));
        Assert.Equal(["a"], grounds.Of("public-service", "education").Select(ground => ground.Id));
        Assert.Equal(["a", "b"], grounds.Of("public-service", null).Select(ground => ground.Id));
        Assert.Empty(grounds.Of("school-enrolment", null));
    }

    [Fact]
    public void A_ground_counts_from_its_day_to_the_day_before_it_ends()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 4, 15, 59, 0, TimeSpan.Zero));
        var grounds = new Grounds(Read("- { id: g, purpose: public-service, branches: [court], zh: 甲, en: a, valid_from: 2026-03-05, valid_to: 2026-03-06, source: x }"), clock);
        var purpose = PermissionFiles.ShippedPurposes().Single(one => one.Id == "public-service");
        string? Why(string id, string branch) => grounds.Find(purpose, id, branch).Ok(out _, out var refusal) ? null : refusal.Code;

        Assert.Equal(("permission.ground-not-in-force", 0), (Why("g", "court"), grounds.Of("public-service", "court").Count));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((null, "permission.purpose-not-of-branch", "permission.ground-unknown"), (Why("g", "court"), Why("g", "education"), Why("h", "court")));
        Assert.Single(grounds.Of("public-service", "court"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("permission.ground-not-in-force", 0), (Why("g", "court"), grounds.Of("public-service", "court").Count));
    }

    private static IReadOnlyList<Ground> Read(string yaml) => PermissionFiles.Grounds(new StringReader(yaml), PermissionFiles.ShippedPurposes());
}
