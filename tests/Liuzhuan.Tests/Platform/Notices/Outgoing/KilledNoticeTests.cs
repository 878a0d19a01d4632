using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Platform.Notices.Outgoing;

[Collection(ProcessGround.Name)]
public class KilledNoticeTests(ProcessGround processes)
{
    private const int Notices = 200;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_is_killed_while_sending_loses_nothing_and_what_is_sent_twice_has_the_same_id(string database)
    {
        var (rounds, random, killed) = (IsLong ? 10 : 2, new Random(5), 0);
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync(database, new NoticeOptions());
        // Other programs go by the real clock.
        ground.Clock.Now = TimeProvider.System.GetUtcNow();
        for (var round = 0; round < rounds; round++)
        {
            var before = receiver.All.Count;
            for (var i = 0; i < Notices; i++) await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code($"{i:000000}", key: $"{round}/{i}", isUrgent: false), CancellationToken.None);
            using var first = Serve(ground, receiver, ground.Ledger.Folder);
            using var other = database == "postgres" ? Serve(ground, receiver, OtherFolder(ground)) : null;
            await first.UntilAsync(() => receiver.All.Count > before);
            await Task.Delay(random.Next(30));
            first.Kill();
            if ((await first.EndAsync()).Code == Child.Killed && (await ground.RowsAsync()).Any(row => row.State == NoticeStates.Waiting)) killed++;
            using var second = Serve(ground, receiver, ground.Ledger.Folder);
            await UntilAllAreSentAsync(ground);
        }

        var expected = from round in Enumerable.Range(0, rounds) from i in Enumerable.Range(0, Notices) select Outbox.IdOf(NoticeGround.Code(key: $"{round}/{i}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), receiver.All.Select(one => one.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(killed, 1, rounds);
    }

    // As a second host has it: with the same keys.
    private string OtherFolder(NoticeGround ground)
    {
        var folder = processes.Folder();
        var keys = Liuzhuan.Platform.Web.PrivateFolder.Create(Path.Combine(folder, "keys"));
        foreach (var key in Directory.GetFiles(Path.Combine(ground.Ledger.Folder, "keys"))) File.Copy(key, Path.Combine(keys.FullName, Path.GetFileName(key)));
        return folder;
    }

    private Child Serve(NoticeGround ground, Receiver receiver, string folder) => Child.StartWith(
        [("Notices__SmsGateway", receiver.Address.ToString()), ("Notices__Lease", "1s"), ("Notices__Timeout", "900ms"), ("Notices__Idle", "50ms"), ("Notices__FirstPause", "100ms"), ("Notices__MostAttempts", "100")],
        "serve", "--port", "0", "--register", processes.Register, "--data", folder, "--provider", ground.Ledger.Options.Provider, "--connection", ground.Ledger.Options.Connection);

    private static async Task UntilAllAreSentAsync(NoticeGround ground)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await ground.RowsAsync()).Any(row => row.State != NoticeStates.Sent)) await Task.Delay(20, late.Token);
    }
}
