using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Web;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Reading;

public class ClockLawTests
{
    private static readonly ClockRule Permit = Rule("20wd", "10wd") with { ExtensionApprover = new Text("本行政机关负责人", "head of the organ") };

    private static readonly ClockEntry Start = Entry(ClockAct.Start, "2026-03-02");

    [Fact]
    public void An_extension_needs_its_rule_its_cap_its_approver_and_its_time()
    {
        var extend = Entry(ClockAct.Extend, "2026-03-20", by: "10wd") with { Approver = "officer/7" };
        Assert.Null(Refused(extend));
        Assert.Equal("clocks.no-approver", Refused(extend with { Approver = " " }));
        Assert.Equal("clocks.too-long", Refused(extend with { By = Length("11wd") }));
        Assert.Equal("clocks.too-long", Refused(extend with { By = Length("1wd") }, extend));
        Assert.Equal("clocks.too-long", Refused(extend with { By = Length("1mo") }));
        Assert.Equal("clocks.too-late", Refused(extend with { Day = new DateOnly(2026, 5, 1) }));
        Assert.Equal("clocks.no-extension", ClockLaw.Check(Read(Rule("5wd"), Start), extend)?.Code);
    }

    [Fact]
    public void Nothing_happens_before_the_start_after_the_end_or_without_a_provision()
    {
        var suspend = Entry(ClockAct.Suspend, "2026-03-05");
        Assert.Null(Refused(suspend));
        Assert.Equal("clocks.before-start", Refused(suspend with { Day = new DateOnly(2026, 3, 1) }));
        Assert.Equal("clocks.stopped", Refused(suspend, Entry(ClockAct.Stop, "2026-03-04")));
        Assert.Equal("clocks.no-provision", Refused(suspend with { Provision = "" }));
        Assert.Equal("clocks.texts", Refused(suspend with { Author = "" }));
        Assert.Equal("clocks.days", Refused(suspend with { Until = new DateOnly(2026, 3, 4) }));
        Assert.Equal("clocks.days", Refused(suspend with { Day = new DateOnly(2062, 3, 4) }));
        Assert.Equal("clocks.not-started", ClockLaw.Check(Read(Permit), suspend)?.Code);
        Assert.Equal("clocks.started", Refused(Entry(ClockAct.Start, "2026-03-03")));
        Assert.Equal("clocks.no-end", Refused(Entry(ClockAct.Exclude, "2026-03-03")));
    }

    [Fact]
    public void Only_what_is_suspended_is_resumed_and_only_what_counts_is_revoked()
    {
        var suspend = Entry(ClockAct.Suspend, "2026-03-05");
        Assert.Equal("clocks.not-suspended", Refused(Entry(ClockAct.Resume, "2026-03-06")));
        Assert.Equal("clocks.not-suspended", Refused(Entry(ClockAct.Resume, "2026-03-04"), suspend));
        Assert.Null(Refused(Entry(ClockAct.Resume, "2026-03-06"), suspend));
        var revoke = Entry(ClockAct.Revoke, "2026-03-06", of: suspend.Id);
        Assert.Null(Refused(revoke, suspend));
        Assert.Equal("clocks.nothing-to-revoke", Refused(revoke));
        Assert.Equal("clocks.nothing-to-revoke", Refused(Entry(ClockAct.Revoke, "2026-03-06", of: suspend.Id), suspend, revoke));
    }

    [Fact]
    public void Only_the_end_as_it_is_computed_can_be_told()
    {
        Assert.Null(Refused(Entry(ClockAct.Tell, "2026-03-30") with { Provision = "" }));
        Assert.Equal("clocks.not-the-promise", Refused(Entry(ClockAct.Tell, "2026-03-27")));
        Assert.Equal("clocks.not-the-promise", Refused(Entry(ClockAct.Tell, "2026-03-30"), Entry(ClockAct.Suspend, "2026-03-05")));
    }

    [Fact]
    public void Every_shipped_rule_counts()
    {
        Assert.All(ClockRules.Shipped.All, rule =>
        {
            Assert.True(ClockRules.Shipped.Find(rule.Id, rule.ValidFrom).Ok(out _, out _));
            Assert.False(ClockRules.Shipped.Find(rule.Id, rule.ValidFrom.AddDays(-1)).Ok(out _, out _));
            Assert.NotNull(Read(rule, Start).Due);
        });
        Assert.False(ClockRules.Shipped.Find("nobody", Start.Day).Ok(out _, out var refusal));
        Assert.Equal("clocks.rule-unknown", refusal.Code);
    }

    private static string? Refused(ClockEntry entry, params ClockEntry[] before) => ClockLaw.Check(Read(Permit, [Start, .. before]), entry)?.Code;
}
