using System.Text;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Notices.Outgoing;

public class OutboxTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_is_there_exactly_when_what_caused_it_is(string database)
    {
        await using var ground = await GroundAsync(database);
        var refused = new Statement("update notices set state = 'dead' where id = 'none'");
        var kept = await ground.Ledger.Ledger.AppendAsync(LedgerGround.Entry(1) with { Companions = [StatementCompanion.Of(ground.Outbox.Of(NoticeGround.Code(key: "a")))] }, CancellationToken.None);
        var lost = await ground.Ledger.Ledger.AppendAsync(LedgerGround.Entry(2) with { Companions = [StatementCompanion.Of(ground.Outbox.Of(NoticeGround.Code(key: "b")), refused)] }, CancellationToken.None);

        Assert.NotNull(kept);
        Assert.Null(lost);
        Assert.Equal(Outbox.IdOf(NoticeGround.Code(key: "a")), (await ground.RowAsync()).Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_key_is_one_notice_and_refuses_nothing(string database)
    {
        await using var ground = await GroundAsync(database);
        for (var i = 0; i < 3; i++) Assert.NotNull(await ground.Ledger.Ledger.AppendAsync(LedgerGround.Entry(i) with { Companions = [StatementCompanion.Of(ground.Outbox.Of(NoticeGround.Code(key: "a")))] }, CancellationToken.None));

        Assert.Equal(NoticeStates.Waiting, (await ground.RowAsync()).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Neither_number_nor_text_lies_in_the_clear_and_both_go_once_an_urgent_notice_was_sent(string database)
    {
        await using var receiver = new Receiver();
        await using var ground = await GroundAsync(database, receiver.Address);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code("135790"), CancellationToken.None);
        var lying = Encoding.Latin1.GetString((await ground.RowAsync()).Content!);
        Assert.DoesNotContain(NoticeGround.Phone, lying, StringComparison.Ordinal);
        Assert.DoesNotContain("135790", lying, StringComparison.Ordinal);

        Assert.Equal(1, await ground.First.SendAllAsync());

        Assert.Contains("135790", Assert.Single(receiver.All).Json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal((NoticeStates.Sent, true), ((await ground.RowAsync()).State, (await ground.RowAsync()).Content is null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_late_or_lacks_a_value_or_a_template_is_not_sent_and_says_why(string database)
    {
        await using var receiver = new Receiver();
        await using var ground = await GroundAsync(database, receiver.Address);
        NewNotice[] wrong =
        [
            NoticeGround.Code() with { WorthFor = TimeSpan.FromMinutes(5) },
            NoticeGround.Code() with { Values = new Dictionary<string, Text> { ["code"] = new("1", "1") } },
            NoticeGround.Code() with { Values = new Dictionary<string, Text> { ["code"] = new(" ", " "), ["minutes"] = new("5", "5") } },
            NoticeGround.Code() with { Template = "nothing-like-it" },
            NoticeGround.Overdue(NoticeGround.Officer) with { Values = new Dictionary<string, Text> { ["matter"] = new("m", "m"), ["rule"] = new("规则", ""), ["due"] = new("d", "d") } },
        ];
        foreach (var notice in wrong) await ground.Outbox.AddAsync(ground.Store, notice, CancellationToken.None);
        ground.Clock.Advance(TimeSpan.FromMinutes(6));

        await ground.First.SendAllAsync();

        Assert.Empty(receiver.All);
        Assert.Equal(
            [NoticeCauses.Expired, "template.value:code", "template.value:minutes", "template.value:rule", NoticeCauses.NoTemplate],
            (await ground.RowsAsync()).Where(row => row.State == NoticeStates.Dead).Select(row => row.Cause!).Order(StringComparer.Ordinal).OrderBy(cause => cause == NoticeCauses.NoTemplate));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_past_its_time_is_erased_and_cannot_be_sent_again(string database)
    {
        await using var ground = await GroundAsync(database);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(NoticeGround.Officer), CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Equal(1, await ground.First.Inbox.CountUnreadAsync(NoticeGround.Officer, CancellationToken.None));

        ground.Clock.Advance(ground.Options.Keep);
        Assert.Equal(2, await ground.First.Erasure.SweepAsync(ground.Clock.Now, CancellationToken.None));
        Assert.All(await ground.RowsAsync(), row => Assert.Null(row.Content));
        var code = Assert.Single(await ground.RowsAsync(), row => row.Channel == NoticeChannels.Sms);
        Assert.Equal((NoticeStates.Dead, NoticeCauses.Erased), (code.State, code.Cause));
        Assert.False((await ground.First.Operate.ReplayAsync(code.Id, "operator/test", CancellationToken.None)).Ok(out _, out _));

        ground.Clock.Advance(ground.Options.KeepInbox);
        Assert.Equal(1, await ground.First.Erasure.SweepAsync(ground.Clock.Now, CancellationToken.None));
        Assert.Equal(0, await ground.First.Inbox.CountUnreadAsync(NoticeGround.Officer, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_role_is_told_by_whoever_holds_it_when_it_is_sent_each_on_their_ways_and_in_their_language(string database)
    {
        await using var receiver = new Receiver();
        await using var ground = await GroundAsync(database, receiver.Address);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(Recipients.Role("liaison", "220100000000")), CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Equal((NoticeStates.Waiting, NoticeCauses.Nobody), ((await ground.RowAsync()).State, (await ground.RowAsync()).Cause));

        ground.People.Holders["liaison@220100000000"] = [NoticeGround.Officer, "officer/J220102002"];
        ground.People.Contacts[NoticeGround.Officer] = new NoticeContact(NoticeGround.Phone, null, "en");
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await ground.First.SendAllAsync();

        var told = Assert.Single(receiver.All).Json;
        Assert.Equal((NoticeGround.Phone, "en"), (told.GetProperty("to").GetString(), told.GetProperty("language").GetString()));
        Assert.Contains("case/1", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var officer in (string[])[NoticeGround.Officer, "officer/J220102002"])
            Assert.Equal("Overdue: decision on a permit", Assert.Single(await ground.First.Inbox.ListAsync(officer, "en", onlyUnread: true, 0, 10, CancellationToken.None)).Title);
    }

    [Fact]
    public async Task A_message_is_read_by_whom_it_is_addressed_to_and_by_nobody_else()
    {
        await using var ground = await GroundAsync("sqlite");
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(NoticeGround.Officer), CancellationToken.None);
        await ground.First.SendAllAsync();
        var item = Assert.Single(await ground.First.Inbox.ListAsync(NoticeGround.Officer, "zh", onlyUnread: false, 0, 10, CancellationToken.None));

        await ground.First.Inbox.MarkReadAsync("officer/other", item.Id, CancellationToken.None);
        Assert.Equal(1, await ground.First.Inbox.CountUnreadAsync(NoticeGround.Officer, CancellationToken.None));
        await ground.First.Inbox.MarkReadAsync(NoticeGround.Officer, item.Id, CancellationToken.None);
        Assert.Equal(0, await ground.First.Inbox.CountUnreadAsync(NoticeGround.Officer, CancellationToken.None));
    }

    private static Task<NoticeGround> GroundAsync(string database, Uri? gateway = null) => NoticeGround.CreateAsync(database, new NoticeOptions { SmsGateway = gateway });
}
