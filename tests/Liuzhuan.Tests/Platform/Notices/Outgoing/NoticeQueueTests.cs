using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;

namespace Liuzhuan.Tests.Platform.Notices.Outgoing;

public class NoticeQueueTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Hosts_that_share_an_outbox_send_each_notice_once(string database)
    {
        const int Notices = 60;
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions { SmsGateway = receiver.Address });
        for (var i = 0; i < Notices; i++) await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code($"{i:000000}", key: $"{i}", isUrgent: i % 2 == 0), CancellationToken.None);

        NoticeGround.Host[] hosts = [ground.First, ground.Another(), ground.Another()];
        await Task.WhenAll(hosts.Select(host => Task.Run(host.SendAllAsync)));

        Assert.All(await ground.RowsAsync(), row => Assert.Equal((NoticeStates.Sent, 1), (row.State, row.Attempts)));
        Assert.Equal(Notices, receiver.All.Select(one => one.Id).Distinct().Count());
        Assert.Equal(Notices, receiver.All.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_silent_host_had_in_hand_is_sent_by_another_under_the_same_id_and_the_silent_one_writes_nothing_any_more(string database)
    {
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions { SmsGateway = receiver.Address });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        var silent = await ground.First.Queue.TakeAsync(onlyUrgent: true, CancellationToken.None);
        Assert.NotNull(silent);
        var other = ground.Another();
        Assert.Equal(0, await other.SendAllAsync());

        ground.Clock.Advance(ground.Options.Lease);
        Assert.Equal(1, await other.SendAllAsync());
        await ground.First.Queue.SettleAsync(silent, Delivery.Again(NoticeCauses.Timeout));

        Assert.Equal(silent.Id, Assert.Single(receiver.All).Id);
        var row = await ground.RowAsync();
        Assert.Equal((NoticeStates.Sent, 2, null), (row.State, row.Attempts, row.Cause));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pauses_grow_and_in_the_end_an_operator_sees_it(string database)
    {
        await using var receiver = new Receiver { Answer = _ => Receiver.Reply(500, "") };
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions { SmsGateway = receiver.Address, MostAttempts = 5 });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        var pauses = new List<double>();
        for (var attempt = 1; attempt < 5; attempt++)
        {
            Assert.Equal(1, await ground.First.SendAllAsync());
            var row = await ground.RowAsync();
            Assert.Equal((NoticeStates.Waiting, attempt, "receiver.status:500"), (row.State, row.Attempts, row.Cause));
            pauses.Add((row.NextAt - ground.Clock.Now).TotalSeconds);
            ground.Clock.Now = row.NextAt;
        }

        Assert.Equal(1, await ground.First.SendAllAsync());
        Assert.Equal(NoticeStates.Dead, (await ground.RowAsync()).State);
        Assert.Equal(0, await ground.First.SendAllAsync());
        Assert.Single(receiver.All.Select(one => one.Id).Distinct());
        double[] least = [10, 40, 160, 640];
        Assert.All(pauses.Zip(least), pair => Assert.InRange(pair.First, pair.Second, pair.Second * 1.13));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_that_brings_its_host_down_every_time_comes_to_an_end(string database)
    {
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions { MostAttempts = 3 });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await ground.First.Queue.TakeAsync(onlyUrgent: false, CancellationToken.None));
            ground.Clock.Advance(ground.Options.Lease);
        }

        Assert.Null(await ground.First.Queue.TakeAsync(onlyUrgent: false, CancellationToken.None));
        Assert.Equal((NoticeStates.Dead, NoticeCauses.Interrupted), ((await ground.RowAsync()).State, (await ground.RowAsync()).Cause));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Urgent_notices_do_not_wait_behind_others_and_none_waits_for_a_clock_that_was_set_back(string database)
    {
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions());
        for (var i = 0; i < 20; i++) await ground.Outbox.AddAsync(ground.Store, NoticeGround.Overdue(NoticeGround.Officer), CancellationToken.None);
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        Assert.True((await ground.First.Queue.TakeAsync(onlyUrgent: false, CancellationToken.None))!.IsUrgent);
        Assert.Null(await ground.First.Queue.TakeAsync(onlyUrgent: true, CancellationToken.None));

        ground.Clock.Advance(TimeSpan.FromDays(-30));
        Assert.Null(await ground.First.Queue.TakeAsync(onlyUrgent: false, CancellationToken.None));
        Assert.NotNull(await ground.First.Queue.TakeAsync(onlyUrgent: false, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_an_operator_does_is_in_the_ledger_or_not_done(string database)
    {
        await using var receiver = new Receiver { Answer = _ => Receiver.Reply(400, "") };
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions { SmsGateway = receiver.Address });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(isUrgent: false), CancellationToken.None);
        await ground.First.SendAllAsync();
        var dead = await ground.RowAsync();
        Assert.Equal((NoticeStates.Dead, "receiver.status:400"), (dead.State, dead.Cause));
        var operate = ground.First.Operate;

        Assert.False((await operate.SetAsideAsync(dead.Id, "because", "officer/admin", CancellationToken.None)).Ok(out _, out var refused));
        Assert.Equal(NoticeRefusals.Reason, refused);
        Assert.False((await operate.RetryAsync(dead.Id, "officer/admin", CancellationToken.None)).Ok(out _, out _));
        receiver.Answer = Receiver.Accepted;
        Assert.True((await operate.ReplayAsync(dead.Id, "officer/admin", CancellationToken.None)).Ok(out _, out _));
        Assert.Equal(1, await ground.First.SendAllAsync());
        Assert.Equal(NoticeStates.Sent, (await ground.RowAsync()).State);
        // Of people nobody is told twice because somebody pressed a button.
        Assert.False((await operate.ReplayAsync(dead.Id, "officer/admin", CancellationToken.None)).Ok(out _, out _));
        Assert.Equal(["administration"], (await ground.Ledger.ReadSoundAsync()).Select(entry => entry.Kind));

        await ground.RunSqlAsync("update notices set state = 'dead'");
        Assert.True((await operate.ReplayAllAsync(NoticeChannels.Sms, "officer/admin", CancellationToken.None)).Ok(out _, out _));
        await ground.RunSqlAsync("update notices set state = 'dead'");
        Assert.True((await operate.SetAsideAsync(dead.Id, OperateNotices.Reasons[0], "officer/admin", CancellationToken.None)).Ok(out _, out _));
        Assert.Equal(NoticeStates.Aside, (await ground.RowAsync()).State);
        Assert.Equal(3, (await ground.Ledger.ReadSoundAsync()).Count);
    }
}
