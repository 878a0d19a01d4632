using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Faults;

/// <summary>The disk under a running service becomes full, or read-only, while clients ask and hand in files; then it is well again. The service lives through it.</summary>
[Collection(ProcessGround.Name)]
public sealed class DiskFaultTests(ProcessGround processes)
{
    private const int Megabytes = 48;

    private static readonly string[] Later = ["ledger.unavailable", "service.database-away", "idempotency.running", "auth.sign-again"];

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    /// <summary>With PostgreSQL its own disk is out of our hands: only the data folder is on the small one.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task A_service_whose_disk_is_full_refuses_and_recovers_by_itself(string database)
    {
        using var disk = SmallDisk.Mount(Megabytes);
        if (disk is null) Assert.Skip("A small disk cannot be mounted here: run this as root, or with the right to mount.");
        await using var ground = await FaultGround.CreateAsync(database, processes.Register, folder: Path.Combine(disk.Path, "data"));
        await ground.StartedAsync(0);
        var questions = new QuestionLoad(ground, Later);
        var batches = new BatchLoad(ground, Later);
        questions.Start(clients: 3);
        batches.Start();
        var times = IsLong ? 20 : 2;
        for (var time = 0; time < times; time++)
        {
            await questions.MoreAsync(30);
            disk.Fill();
            // The database of PostgreSQL has room: answers go on, and batches wait for the disk.
            if (database == "sqlite") await questions.RefusedAsync(10);
            else await questions.MoreAsync(300);
            Assert.True(ground.IsRunning(0));
            disk.Free();
        }

        await questions.MoreAsync(30);
        await questions.EndAsync();
        await batches.EndAsync();
        Assert.Equal(0, await batches.DoneAsync());
        await ground.EndAsync(0);
        var entries = await LedgerTruth.AssertAsync(ground, questions, batches.Accepted);
        LedgerTruth.AssertTidy(ground);
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}, disk full {times} times: {questions.Answered.Count} questions answered, {batches.Accepted.Count} batches done, {entries} entries; refused meanwhile: {string.Join(", ", questions.Refused.Concat(batches.Refused).Select(refused => $"{refused.Key} {refused.Value}"))}");
    }

    [Fact]
    public async Task A_service_does_not_start_on_a_read_only_disk_and_says_so()
    {
        using var disk = SmallDisk.Mount(Megabytes);
        if (disk is null) Assert.Skip("A small disk cannot be mounted here: run this as root, or with the right to mount.");
        await using var ground = await FaultGround.CreateAsync("sqlite", processes.Register, folder: Path.Combine(disk.Path, "data"));
        await ground.StartedAsync(0);
        using var caller = ground.Caller();
        var person = ground.Register[0];
        var before = await caller.AskAsync(0, person.Number, person.Name, "before");
        await ground.EndAsync(0);
        ground.Database.Store.Dispose();
        Assert.True(disk.SetReadOnly(true));
        var ended = await ground.Start(0).EndAsync();
        Assert.True(disk.SetReadOnly(false));

        Assert.True(ended.Code == 2, $"{ended.Code} {ended.Error} {ended.Output}");
        Assert.Contains("错误：", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        await ground.StartedAsync(0);
        Assert.Equal(before.Body, (await caller.AskAsync(0, person.Number, person.Name, "before")).Body);
    }
}
