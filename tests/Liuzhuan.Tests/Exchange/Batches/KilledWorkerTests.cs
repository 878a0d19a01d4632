using Liuzhuan.Exchange;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Matching;
using Liuzhuan.Registers;
using Liuzhuan.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Tests.Exchange.Batches;

[Collection(ProcessGround.Name)]
public class KilledWorkerTests(ProcessGround processes)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_whose_worker_is_killed_is_done_exactly_once(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database, new BatchOptions { MostOpen = 1000 });
        var file = await File.ReadAllBytesAsync(processes.Request);
        var whole = VerifiedAlone();
        var random = new Random(8);
        var rounds = IsLong ? 30 : 3;
        var killedAtWork = 0;
        for (var round = 0; round < rounds; round++)
        {
            var id = await ground.Host.SendAsync(file);
            using (var first = Serve(ground))
            {
                // In turn: when it begins, while it stores, at the very end.
                await UntilAsync(first, async () => (await ground.RowAsync(id)).State != BatchStates.Waiting);
                if (round % 3 == 0) await Task.Delay(random.Next(150));
                if (round % 3 == 1) await UntilAsync(first, () => HasPieceAsync(ground, id, "result"));
                if (round % 3 == 2) await UntilAsync(first, () => HasPieceAsync(ground, id, "problems"));
                first.Kill();
                await first.EndAsync();
            }

            var left = await ground.RowAsync(id);
            if (left.State == BatchStates.Running)
            {
                killedAtWork++;
                Assert.Null(left.Position);
                // Its lease runs out.
                await using var db = ground.Store.CreateDb();
                await db.Set<Batch>().Where(batch => batch.Id == id).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.LeasedUntil, TimeProvider.System.GetUtcNow().AddSeconds(-1)));
            }
            else
            {
                Assert.Equal(BatchStates.Done, left.State);
            }

            using var second = Serve(ground);
            await UntilAsync(second, async () => (await ground.RowAsync(id)).State == BatchStates.Done);
            second.PressControlC();
            Assert.Equal(0, (await second.EndAsync()).Code);
            Assert.Equal(whole, (await ground.Host.CallAsync("GET", $"/api/batches/{id}/result")).Content);
            Assert.Equal(whole.Length, await ground.CountAsync("select sum(coalesce(unpacked, length(bytes))) from batch_pieces where batch_id = @id and content = 'result'", id));
            Assert.Equal(round + 1, await ground.EntriesAsync());
            Assert.Empty(Directory.GetDirectories(Path.Combine(ground.Database.Folder, "batches")));
        }

        Assert.NotEqual(0, killedAtWork);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_server_that_is_asked_to_end_gives_its_batch_back(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(await File.ReadAllBytesAsync(processes.Request));
        using var server = Serve(ground);
        await UntilAsync(server, async () => (await ground.RowAsync(id)).State == BatchStates.Running);
        server.PressControlC();
        var ended = await server.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        var row = await ground.RowAsync(id);
        Assert.True((row.State, row.Attempts) is ("waiting", 0) or ("done", 1), row.State);
    }

    private Child Serve(BatchGround ground) => Child.Start(
        "serve", "--port", "0", "--register", processes.Register, "--data", ground.Database.Folder, "--provider", ground.Database.Options.Provider, "--connection", ground.Database.Options.Connection);

    private static async Task<bool> HasPieceAsync(BatchGround ground, string id, string content) =>
        await ground.CountAsync($"select count(*) from batch_pieces where batch_id = @id and content = '{content}'", id) > 0 || (await ground.RowAsync(id)).State == BatchStates.Done;

    private static async Task UntilAsync(Child child, Func<Task<bool>> reached)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await reached())
        {
            Assert.False(child.HasExited, child.HasExited ? (await child.EndAsync()).Error : "");
            await Task.Delay(2, late.Token);
        }
    }

    private byte[] VerifiedAlone()
    {
        var output = Path.Combine(processes.Folder(), "out.csv");
        using var register = Register.Open(processes.Register, SchemaCatalogue.Find);
        Assert.True(VerifyFile.Run(new VerifyRequest { InputPath = processes.Request, InputName = "in.csv", OutputPath = output }, register, TimeProvider.System, null, default).Ok(out _, out _));
        return File.ReadAllBytes(output);
    }
}
