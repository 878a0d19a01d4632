using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Tests.Platform.Permissions;

public class PermissionTests
{
    private static readonly Liuzhuan.Platform.Permissions.Permissions Shipped = Liuzhuan.Platform.Permissions.Permissions.Shipped(new TestClock(TestClock.Morning));

    [Fact]
    public void Nobody_may_do_anything_without_a_line_and_every_capability_has_one()
    {
        Assert.All(Capabilities.All, capability =>
        {
            Assert.Equal("permission.stranger", Shipped.Decide(null, capability).Refusal!.Code);
            Assert.Equal("permission.no-role", Shipped.Decide(Officer([]), capability).Refusal!.Code);
            Assert.Equal("permission.no-role", Shipped.Decide(Officer(["no-such-role"]), capability).Refusal!.Code);
            Assert.Contains(Shipped.Rules, rule => rule.Capability == capability);
        });
        Assert.False(Shipped.Decide(Officer(Roles.OfStaff), "no-such-capability").IsAllowed);
        Assert.False(Shipped.Decide(Officer(Roles.OfStaff), Capabilities.VerifyPerson, new PermissionTarget(Purpose: "no-such-purpose")).IsAllowed);
    }

    [Theory]
    [InlineData("220000", "220102", true)]
    [InlineData("220000", "210102", false)]
    [InlineData("220100", "220102", true)]
    [InlineData("220100", "220202", false)]
    [InlineData("220102", "220102", true)]
    [InlineData("220102", "220100", false)]
    [InlineData("220102", "220103", false)]
    [InlineData("220102", "22010", false)]
    public void A_division_reaches_those_below_it(string own, string asked, bool reaches)
    {
        var decision = Shipped.Decide(Officer([Roles.WindowOfficer], own), Capabilities.VerifyFile, new PermissionTarget(Division: asked, Purpose: "household-registration"));

        Assert.Equal(reaches, decision.IsAllowed);
        Assert.Equal("window-verify-file", decision.Rule);
    }

    [Fact]
    public void Beyond_the_jurisdiction_the_purpose_says_how_much_is_told()
    {
        var officer = Officer([Roles.WindowOfficer], "220102");
        PermissionDecision Decide(string purpose) => Shipped.Decide(officer, Capabilities.VerifyPerson, new PermissionTarget(Division: "310101", Purpose: purpose));

        Assert.Equal((false, Disclosure.NumberAndName), (Decide("household-registration").IsAllowed, Decide("household-registration").Disclosure));
        Assert.Equal(["name"], Decide("household-registration").Fields);
        Assert.True(Decide("identity-card").IsAllowed);
        Assert.Equal("permission.purpose-not-yours", Decide("interagency-request").Refusal!.Code);
        Assert.Equal(Disclosure.None, Shipped.Decide(officer, Capabilities.VerifyPerson, new PermissionTarget(Division: "310101")).Disclosure);
    }

    [Fact]
    public void A_citizen_sees_their_own_matters_and_nobody_elses()
    {
        var (mine, other) = (PersonKey.Of(new CitizenNumber(7)), PersonKey.Of(new CitizenNumber(8)));
        var citizen = Officer([Roles.Citizen]) with { Kind = ActorKind.Citizen, Post = null, Person = mine };

        Assert.True(Shipped.Decide(citizen, Capabilities.SeeOwnAccesses, new PermissionTarget(Person: mine)).IsAllowed);
        Assert.Equal("permission.not-yours", Shipped.Decide(citizen, Capabilities.SeeOwnAccesses, new PermissionTarget(Person: other)).Refusal!.Code);
        Assert.False(Shipped.Decide(Officer([Roles.WindowOfficer]), Capabilities.OwnCredentials, new PermissionTarget(Person: mine)).IsAllowed);
    }

    [Fact]
    public void A_matter_of_no_known_place_is_within_the_reach_of_nobody_but_who_reaches_everywhere()
    {
        var nowhere = PermissionTarget.Matter("", "", "");

        Assert.All([Roles.Liaison, Roles.Supervisor], role => Assert.False(Shipped.Decide(Officer([role]), Capabilities.DecideChallenge, nowhere).IsAllowed));
        Assert.False(Shipped.Decide(Officer([Roles.WindowOfficer]), Capabilities.OwnCredentials, nowhere).IsAllowed);
        Assert.True(Shipped.Decide(Officer([Roles.PolicyOfficer]), Capabilities.SeeClocks, nowhere).IsAllowed);
        Assert.True(Shipped.Decide(Officer([Roles.Supervisor]), Capabilities.DecideChallenge).IsAllowed);
    }

    [Fact]
    public void Administrations_that_are_kept_apart_share_no_power() => Assert.All(Capabilities.All.Where(capability => Shipped.Rules.Any(rule => rule.Capability == capability && !Roles.KeptApart.Contains(rule.Role)) is false), capability =>
        Assert.Single(Shipped.Rules.Where(rule => rule.Capability == capability).Select(rule => rule.Role).Distinct()));

    [Fact]
    public void Lines_count_from_their_day_to_the_day_before_they_end()
    {
        const string purposes = "- { id: p, zh: 甲, en: a, provision: x, fields: [name], beyond_jurisdiction: none, valid_from: 2026-03-05, valid_to: 2026-03-06 }";
        const string rules = "- { id: r, role: auditor, capability: see-clocks, reach: everywhere, purposes: [p], valid_from: 2026-03-05, valid_to: 2026-03-06, provision: x }";
        var known = PermissionFiles.Purposes(new StringReader(purposes));
        var clock = new TestClock(new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero));
        var permissions = new Liuzhuan.Platform.Permissions.Permissions(PermissionFiles.Rules(new StringReader(rules), known), known, clock);
        bool May() => permissions.Decide(Officer([Roles.Auditor]), Capabilities.SeeClocks, new PermissionTarget(Purpose: "p")).IsAllowed;

        Assert.True(May());
        clock.Advance(TimeSpan.FromHours(24));
        Assert.False(May());
        clock.Advance(TimeSpan.FromHours(-25));
        Assert.False(May());
    }

    [Theory]
    [InlineData("role: king, capability: see-clocks, reach: self, purposes: any")]
    [InlineData("role: auditor, capability: see-all, reach: self, purposes: any")]
    [InlineData("role: auditor, capability: see-clocks, reach: far, purposes: any")]
    [InlineData("role: auditor, capability: see-clocks, reach: self, purposes: [no-such]")]
    [InlineData("role: auditor, capability: see-clocks, reach: self, purposes: any, extra: 1")]
    public void A_line_that_is_not_understood_stops_the_start(string line) => Assert.Throws<UnfitException>(() =>
        PermissionFiles.Rules(new StringReader($"- {{ id: r, {line}, valid_from: 2026-01-01, provision: x }}"), []));

    // The slow truth: what each line alone would allow, written out.
    [Fact]
    public void Decisions_agree_with_the_lines_taken_one_by_one()
    {
        string[] divisions = ["220000", "220100", "220102", "310101"], purposes = ["household-registration", "identity-card", "interagency-request", "challenge-review"];
        Prop.ForAll(
            Gen.Elements([.. Roles.All]).Two().Zip(Gen.Elements([.. Capabilities.All])).ToArbitrary(), Gen.Elements(divisions).Two().Zip(Gen.Elements(purposes)).ToArbitrary(),
            (who, what) =>
            {
                var (((first, second), capability), ((own, asked), purpose)) = (who, what);
                var decision = Shipped.Decide(Officer([first, second], own), capability, new PermissionTarget(Division: asked, Purpose: purpose));
                var beyond = Shipped.FindPurpose(purpose)!.BeyondJurisdiction;
                var expected = Shipped.Rules.Where(rule => rule.Capability == capability && (rule.Role == first || rule.Role == second) && (rule.Purposes is null || rule.Purposes.Contains(purpose)))
                    .Select(rule => rule.Reach == Reach.Everywhere || (rule.Reach == Reach.OwnDivision && asked.StartsWith(own.TrimEnd('0'), StringComparison.Ordinal)) ? Disclosure.Full : rule.Reach == Reach.Self ? Disclosure.None : beyond)
                    .DefaultIfEmpty(Disclosure.None).Max();
                return decision.Disclosure == expected;
            }).QuickCheckThrowOnFailure();
    }

    private static Actor Officer(IReadOnlyList<string> roles, string division = "220102") => new()
    {
        Id = "officer/T1",
        Kind = ActorKind.Officer,
        Name = "甲",
        Roles = roles,
        Post = TestStaff.Station with { Division = division },
        Session = "s",
        SignedInAt = TestClock.Morning,
        ProvedAt = TestClock.Morning,
    };
}
