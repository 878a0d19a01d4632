using System.Net;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Tests.Platform.Notices.Channels;

namespace Liuzhuan.Tests.Platform.Notices.Webhooks;

public class WebhookTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Subscribers_of_an_event_get_a_signed_cloud_event_once_and_again_when_an_operator_replays_it(string database)
    {
        await using var receiver = new Receiver { Answer = _ => Receiver.Reply(204, "") };
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions());
        Assert.True((await ground.First.Webhooks.AddAsync("court", receiver.Address.ToString(), ["clock-overdue"], "officer/admin", CancellationToken.None)).Ok(out _, out var refusal), refusal?.English);
        Assert.True((await ground.First.Webhooks.AddAsync("school", receiver.Address.ToString(), ["clock-nearly-due"], "officer/admin", CancellationToken.None)).Ok(out _, out _));
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(Recipients.Subscribers, key: "a"), CancellationToken.None);

        Assert.Equal(2, await ground.First.SendAllAsync());

        var received = Assert.Single(receiver.All);
        Assert.Equal(
            ("1.0", "https://verify.example.gov.cn", "liuzhuan.clock-overdue", "clock/case/1", "application/json", "case/1"),
            (received.Json.GetProperty("specversion").GetString(), received.Json.GetProperty("source").GetString(), received.Json.GetProperty("type").GetString(), received.Json.GetProperty("subject").GetString(),
             received.Json.GetProperty("datacontenttype").GetString(), received.Json.GetProperty("data").GetProperty("matter").GetProperty("zh").GetString()));
        Assert.Equal(WebhookChannel.ContentType, received.Fields["Content-Type"]);
        var key = VerifyingKey.Of(ground.First.Keys.Current(KeyPurposes.Notices, SigningSuites.Es256.Id));
        Assert.True(MessageVerifier.Verify(new SmsChannelTests.Wire(received, receiver.Address), SignedPost.Policy, _ => key, ground.Clock.Now).Ok(out _, out var unsigned), unsigned?.English);

        var row = Assert.Single(await ground.RowsAsync(), row => row.Channel == NoticeChannels.Webhook);
        Assert.True((await ground.First.Operate.ReplayAsync(row.Id, "officer/admin", CancellationToken.None)).Ok(out _, out _));
        Assert.Equal(1, await ground.First.SendAllAsync());
        Assert.Equal([row.Id, row.Id], receiver.All.Select(one => one.Id));
    }

    [Fact]
    public async Task A_webhook_that_was_disabled_is_told_nothing_any_more()
    {
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions());
        await ground.First.Webhooks.AddAsync("court", receiver.Address.ToString(), ["clock-overdue"], "officer/admin", CancellationToken.None);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(Recipients.Subscribers, key: "a"), CancellationToken.None);
        Assert.True(await ground.First.Worker.RunOnceAsync(onlyUrgent: false, CancellationToken.None));
        Assert.True((await ground.First.Webhooks.DisableAsync("court", "officer/admin", CancellationToken.None)).Ok(out _, out _));
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(Recipients.Subscribers, key: "b"), CancellationToken.None);

        await ground.First.SendAllAsync();

        Assert.Empty(receiver.All);
        Assert.Equal((NoticeStates.Dead, NoticeCauses.Disabled), Assert.Single((await ground.RowsAsync()).Where(row => row.Channel == NoticeChannels.Webhook).Select(row => (row.State, row.Cause))));
    }

    [Theory]
    [InlineData("http://receiver.example.gov.cn/"), InlineData("ftp://receiver.example.gov.cn/"), InlineData("https://user:secret@receiver.example.gov.cn/"), InlineData("https://receiver.example.gov.cn/#x")]
    [InlineData("http://127.0.0.2/"), InlineData("http://localhost.example.gov.cn/"), InlineData("file:///etc/passwd"), InlineData("/inside"), InlineData("")]
    public async Task An_address_that_no_message_may_go_to_is_refused(string address)
    {
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions());
        Assert.False((await ground.First.Webhooks.AddAsync("court", address, ["clock-overdue"], "officer/admin", CancellationToken.None)).Ok(out _, out var refusal));
        Assert.Equal("webhook.address", refusal.Code);
        Assert.Equal(0, (await ground.Ledger.Log.HeadAsync(CancellationToken.None)).Size);
    }

    [Theory]
    [InlineData("127.0.0.1", false), InlineData("10.1.2.3", false), InlineData("192.168.1.1", false), InlineData("172.20.0.1", false), InlineData("169.254.169.254", false), InlineData("0.0.0.0", false)]
    [InlineData("::1", false), InlineData("::", false), InlineData("fe80::1", false), InlineData("fd00::1", false), InlineData("::ffff:10.1.2.3", false), InlineData("::ffff:127.0.0.1", false), InlineData("64:ff9b::a00:1", false), InlineData("224.0.0.1", false), InlineData("255.255.255.255", false)]
    [InlineData("10.20.3.4", true), InlineData("203.0.113.9", true), InlineData("2001:db8::1", true)]
    public void What_a_name_leads_to_decides_whether_a_connection_is_made(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, ReceiverAddress.IsAllowed(IPAddress.Parse(address), [IPNetwork.Parse("10.20.0.0/16")]));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_followed()
    {
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions());
        await ground.First.Webhooks.AddAsync("court", $"https://127.0.0.2:{receiver.Address.Port}/", ["clock-overdue"], "officer/admin", CancellationToken.None);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(Recipients.Subscribers), CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Equal(NoticeCauses.NotAllowed, Assert.Single(await ground.RowsAsync(), row => row.Channel == NoticeChannels.Webhook).Cause);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task Ids_and_events_are_checked()
    {
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions());
        async Task<string?> AddAsync(string id, params string[] events) =>
            (await ground.First.Webhooks.AddAsync(id, "https://receiver.example.gov.cn/", events, "officer/admin", CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code;
        Assert.Equal("webhook.id", await AddAsync("Court 1", "clock-overdue"));
        Assert.Equal("webhook.events", await AddAsync("court"));
        Assert.Equal("webhook.events", await AddAsync("court", "sign-in-code"));
        Assert.Null(await AddAsync("court", "clock-overdue"));
        Assert.Equal("webhook.id", await AddAsync("court", "clock-overdue"));
        Assert.False((await ground.First.Webhooks.DisableAsync("none", "officer/admin", CancellationToken.None)).Ok(out _, out _));
    }
}
