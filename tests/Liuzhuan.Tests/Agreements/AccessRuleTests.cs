using Liuzhuan.Agreements;
using Liuzhuan.Agreements.Contract;

namespace Liuzhuan.Tests.Agreements;

public class AccessRuleTests
{
    private static readonly DateTimeOffset Now = TestClock.Morning;

    private static readonly AccessGrant School = Grant("identity", "school-enrolment", ["name", "sex"]);

    [Theory]
    [InlineData("identity", "school-enrolment", "name", null)]
    [InlineData("identity", "school-enrolment", "name,sex", null)]
    [InlineData("identity", "school-enrolment", "name,ethnicity", "access.field-not-granted")]
    [InlineData("identity", "court-enforcement", "name", "access.purpose-not-granted")]
    [InlineData("kinship", "school-enrolment", "relation", "access.fact-not-granted")]
    public void What_no_grant_covers_is_refused_with_the_nearest_reason(string fact, string purpose, string fields, string? refused)
    {
        var decided = AccessRule.Decide([School], fact, purpose, fields.Split(','), Now);

        Assert.Equal(refused is null, decided.Ok(out var grant, out var refusal));
        Assert.Equal(refused, refusal?.Code);
        if (refused is null) Assert.Same(School, grant);
        else Assert.Equal(403, refusal!.Status);
    }

    [Fact]
    public void Nothing_granted_is_everything_refused() =>
        Assert.False(AccessRule.Decide([], "identity", "school-enrolment", [], Now).Ok(out _, out _));

    [Fact]
    public void A_grant_counts_from_its_first_instant_to_just_before_its_last()
    {
        var term = School with { ValidFrom = Now, ValidTo = Now.AddDays(1) };

        Assert.Null(Refused(term, Now));
        Assert.Null(Refused(term, Now.AddDays(1).AddTicks(-1)));
        Assert.Equal("access.not-in-force", Refused(term, Now.AddTicks(-1)));
        Assert.Equal("access.not-in-force", Refused(term, Now.AddDays(1)));
    }

    [Fact]
    public void One_grant_must_cover_all_fields_and_two_do_not_add_up()
    {
        var other = Grant("identity", "school-enrolment", ["name", "ethnicity"]);

        Assert.True(AccessRule.Decide([School, other], "identity", "school-enrolment", ["ethnicity"], Now).Ok(out var grant, out _));
        Assert.Same(other, grant);
        Assert.False(AccessRule.Decide([School, other], "identity", "school-enrolment", ["sex", "ethnicity"], Now).Ok(out _, out var refusal));
        Assert.Equal("access.field-not-granted", refusal!.Code);
    }

    private static string? Refused(AccessGrant grant, DateTimeOffset now) => AccessRule.Decide([grant], "identity", "school-enrolment", ["name"], now).Ok(out _, out var refusal) ? null : refusal.Code;

    private static AccessGrant Grant(string fact, string purpose, string[] fields) =>
        new(Guid.CreateVersion7(Now), fact, purpose, "政务数据共享条例", fields.ToHashSet(), true, 0, Now.AddYears(-1), null);
}
