using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Agreements;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Exchange;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Exchange.Batches.Working;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Registers.Contract;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Tests.Exchange.Batches;

public class OutcomeTests
{
    private static readonly byte[] File = BatchGround.List(500);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_comes_back_with_its_verdicts_and_its_manifest_proves_it(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.SendAsync(File, "新生名单.csv");
        Assert.Equal("batch.not-done", (await host.CallAsync("GET", $"/api/batches/{id}/result")).Code);
        Assert.True(await host.Worker.RunOnceAsync(default));
        Assert.False(await host.Worker.RunOnceAsync(default));

        var status = await host.StatusAsync(id);
        Assert.Equal("done", status.State);
        Assert.Equal(500, status.Json.GetProperty("counts").GetProperty("rows").GetInt64());
        Assert.Equal(500, status.Json.GetProperty("counts").GetProperty("verdicts").EnumerateObject().Sum(one => one.Value.GetInt64()));
        Assert.Equal(1, status.Json.GetProperty("progress").GetDouble());

        var result = await host.CallAsync("GET", $"/api/batches/{id}/result");
        var problems = await host.CallAsync("GET", $"/api/batches/{id}/problems");
        var (alone, rowsToMend) = VerifiedAlone(host, File);
        Assert.Equal(alone, result.Content);
        Assert.Equal(rowsToMend, problems.Content);
        Assert.Contains("%E6%A0%B8%E9%AA%8C%E7%BB%93%E6%9E%9C.csv", result.Fields["Content-Disposition"], StringComparison.Ordinal);

        var manifest = (await host.CallAsync("GET", $"/api/batches/{id}/manifest")).Json;
        var statement = manifest.GetProperty("statement");
        Assert.Equal(Digest(File), statement.GetProperty("input").GetProperty("sha256").GetString());
        Assert.Equal(Digest(result.Content), statement.GetProperty("result").GetProperty("sha256").GetString());
        Assert.Equal(Digest(problems.Content), statement.GetProperty("problems").GetProperty("sha256").GetString());
        Assert.Equal(host.Get<RegisterShelf>().Find("person")!.Digest, statement.GetProperty("register").GetString());
        AssertProved(host, manifest);
        Assert.Equal(1, await ground.EntriesAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_of_a_person_is_in_the_ledger(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        await ground.Host.SendAsync(File, "张三丰名单.csv");
        Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        await using var connection = await ground.Store.OpenAsync(default);
        var leaf = Encoding.UTF8.GetString((byte[])(await Liuzhuan.Platform.Data.Sql.ScalarAsync(connection, null, "select leaf from ledger_entries where kind = 'batch'", default))!);
        Assert.DoesNotContain("张三丰", leaf, StringComparison.Ordinal);
        Assert.All(BatchGround.Rows(500, 1).Where(row => row.Number.Length > 10), row => Assert.DoesNotContain(row.Number, leaf, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Fields_that_are_not_granted_are_left_out_and_said_so(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var person = BatchGround.Made[5];
        // 汉 is not what the register says of everybody; the school may not have it compared.
        var file = Encoding.UTF8.GetBytes($"姓名,身份证号码,民族\n{person.Name},{person.Number},{(person.Ethnicity == "01" ? "回" : "汉")}\n");
        var verdicts = new Dictionary<string, string>();
        foreach (var client in new[] { BatchGround.School, BatchGround.Court })
        {
            var id = await ground.Host.SendAsync(file, client: client);
            Assert.Equal(client == BatchGround.School ? "ethnicity" : "", Joined((await ground.Host.StatusAsync(id, client)).Json, "leftOut"));
            Assert.True(await ground.Host.Worker.RunOnceAsync(default));
            var statement = (await ground.Host.CallAsync("GET", $"/api/batches/{id}/manifest", client: client)).Json.GetProperty("statement");
            verdicts[client] = statement.GetProperty("verdicts").EnumerateObject().Single(one => one.Value.GetInt64() == 1).Name;
            Assert.Equal(client == BatchGround.School ? "name" : "name,ethnicity", Joined(statement, "compared"));
        }

        Assert.Equal("consistent", verdicts[BatchGround.School]);
        Assert.Equal("inconsistent", verdicts[BatchGround.Court]);

        static string Joined(JsonElement json, string name) => string.Join(',', json.GetProperty(name).EnumerateArray().Select(one => one.GetString()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Access_is_asked_at_once_and_again_when_it_is_worked_on(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var announced = BatchHost.Announcement(File);
        Assert.Equal("access.fact-not-granted", (await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File, fact: "kinship"))).Code);
        Assert.Equal("question.unknown-fact", (await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File, fact: "wealth"))).Code);
        Assert.Equal("auth.unknown-client", (await host.CallAsync("POST", "/api/batches", announced, client: "nobody")).Code);
        Assert.Equal("access.seal-not-granted", (await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File, more: ",\"sealedUntil\":\"2026-03-20\""))).Code);

        var (ended, disabled) = (await host.SendAsync(File), await host.SendAsync(File, client: BatchGround.Court));
        await ground.ChangeAccessAsync(async db =>
        {
            await db.Set<Grant>().Where(grant => grant.ClientId == BatchGround.School).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.ValidTo, ground.Clock.GetUtcNow()));
            await db.Set<Client>().Where(client => client.Id == BatchGround.Court).ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, ground.Clock.GetUtcNow()));
        });
        Assert.True(await host.Worker.RunOnceAsync(default) && await host.Worker.RunOnceAsync(default));
        Assert.Equal(("refused", "access.not-in-force"), ((await ground.RowAsync(ended)).State, (await ground.RowAsync(ended)).RefusalCode));
        Assert.Equal(("refused", "batch.client-gone"), ((await ground.RowAsync(disabled)).State, (await ground.RowAsync(disabled)).RefusalCode));
        Assert.Equal(0, await ground.EntriesAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_that_cannot_be_verified_is_refused_with_its_sentence_and_does_not_stop_the_next(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var (wrong, right) = (await host.SendAsync("甲,乙\n1,2\n"u8.ToArray()), await host.SendAsync(File));
        Assert.True(await host.Worker.RunOnceAsync(default) && await host.Worker.RunOnceAsync(default));
        var status = await host.StatusAsync(wrong);
        Assert.Equal("refused", status.State);
        Assert.NotEmpty(status.Json.GetProperty("refusal").GetProperty("zh").GetString()!);
        Assert.Equal("batch.no-result", (await host.CallAsync("GET", $"/api/batches/{wrong}/result")).Code);
        Assert.Equal("batch.no-result", (await host.CallAsync("GET", $"/api/batches/{wrong}/manifest")).Code);
        Assert.Equal("done", (await host.StatusAsync(right)).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Files_expire_and_the_manifest_stays(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.SendAsync(File);
        Assert.True(await host.Worker.RunOnceAsync(default));
        ground.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await host.CallAsync("GET", $"/api/batches/{id}/result")).Status);
        ground.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((410, "batch.erased"), Of(await host.CallAsync("GET", $"/api/batches/{id}/result")));
        Assert.Equal(1, await host.Get<BatchErasure>().SweepAsync(ground.Clock.Now, default));
        Assert.Equal(0, await host.Get<BatchErasure>().SweepAsync(ground.Clock.Now, default));
        Assert.Equal(0, await ground.PiecesAsync(id));
        Assert.Equal((410, "batch.erased"), Of(await host.CallAsync("GET", $"/api/batches/{id}/problems")));
        AssertProved(host, (await host.CallAsync("GET", $"/api/batches/{id}/manifest")).Json);
        Assert.Equal(500, (await host.StatusAsync(id)).Json.GetProperty("counts").GetProperty("rows").GetInt64());

        static (int, string) Of(Replied reply) => (reply.Status, reply.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_announcement_under_the_same_key_is_the_same_batch(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var first = await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File), key: "k-1");
        await host.PutAsync(first.Json.GetProperty("id").GetString()!, File);
        Assert.True(await host.Worker.RunOnceAsync(default));
        var again = await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File), key: "k-1");
        Assert.Equal((201, first.Text), (again.Status, again.Text));
        Assert.Equal((422, "idempotency.different"), Of(await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File, "other.csv"), key: "k-1")));
        Assert.NotEqual(first.Text, (await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File), key: "k-2")).Text);
        Assert.NotEqual(first.Text, (await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File), BatchGround.Court, key: "k-1")).Text);

        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => host.CallAsync("POST", "/api/batches", BatchHost.Announcement(File), key: "k-3"))));
        Assert.Single(many.Select(reply => reply.Text).Distinct());

        static (int, string) Of(Replied reply) => (reply.Status, reply.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_client_pages_through_its_own_batches_newest_first(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database, new BatchOptions { MostOpen = 100 });
        var host = ground.Host;
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            // Two at each instant.
            if (i % 2 == 0) ground.Clock.Advance(TimeSpan.FromMilliseconds(1));
            ids.Add(await host.OpenAsync(File));
            await host.OpenAsync(File, client: BatchGround.Court);
        }

        var seen = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = (await host.CallAsync("GET", $"/api/batches?limit=2{next}")).Json;
            seen.AddRange(page.GetProperty("batches").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString() is { } cursor ? $"&after={cursor}" : null;
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(ids[6], seen[0]);
        Assert.Equal(ids[4..6].Order(), seen[1..3].Order());
        foreach (var wrong in new[] { "limit=0", "limit=201", "limit=x", "after=x", "after=1-2", $"after=-1-{ids[0]}", $"after=1-{ids[0][..31]}G" })
            Assert.Equal("batch.page", (await host.CallAsync("GET", $"/api/batches?{wrong}")).Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_forecast_is_told_when_there_is_a_speed_and_somebody_who_works(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var first = await host.SendAsync(File);
        Assert.Equal(JsonValueKind.Null, Forecast(await host.StatusAsync(first)).ValueKind);
        await using (var db = ground.Store.CreateDb())
        {
            // A batch that took ten seconds.
            var now = ground.Clock.GetUtcNow();
            await db.Set<Batch>().Where(batch => batch.Id == first).ExecuteUpdateAsync(set => set
                .SetProperty(batch => batch.State, "done").SetProperty(batch => batch.StartedAt, now.AddSeconds(-10)).SetProperty(batch => batch.EndedAt, now)
                .SetProperty(batch => batch.Statement, """{"rows":1,"verdicts":{},"reasons":{}}"""));
        }

        ground.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var (second, third) = (await host.SendAsync(File), "");
        ground.Clock.Advance(TimeSpan.FromMilliseconds(5));
        third = await host.SendAsync(File);
        Assert.InRange((Forecast(await host.StatusAsync(second)).GetDateTimeOffset() - ground.Clock.GetUtcNow()).TotalSeconds, 10, 11);
        Assert.InRange((Forecast(await host.StatusAsync(third)).GetDateTimeOffset() - ground.Clock.GetUtcNow()).TotalSeconds, 20, 21);

        Assert.NotNull(await host.Get<BatchLeases>().TakeAsync(default));
        Assert.InRange((Forecast(await host.StatusAsync(second)).GetDateTimeOffset() - ground.Clock.GetUtcNow()).TotalSeconds, 10, 11);
        // Its worker is silent, and no other comes: a date would be a guess.
        ground.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(JsonValueKind.Null, Forecast(await host.StatusAsync(second)).ValueKind);
        Assert.Equal(JsonValueKind.Null, Forecast(await host.StatusAsync(third)).ValueKind);

        static JsonElement Forecast(Replied reply) => reply.Json.GetProperty("forecast");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_workbook_is_verified_too(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var folder = Directory.CreateTempSubdirectory("liuzhuan-batch-").FullName;
        DemoRequests.WriteAll(BatchGround.Made, folder);
        var file = await System.IO.File.ReadAllBytesAsync(Path.Combine(folder, DemoRequests.School));
        Directory.Delete(folder, recursive: true);
        var id = await ground.Host.SendAsync(file, "school.xlsx");
        Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        Assert.Equal("done", (await ground.Host.StatusAsync(id)).State);
        Assert.Equal("PK"u8.ToArray(), (await ground.Host.CallAsync("GET", $"/api/batches/{id}/result")).Content[..2]);
    }

    private static void AssertProved(BatchHost host, JsonElement manifest)
    {
        var receipt = manifest.GetProperty("receipt");
        var ledger = host.Get<Liuzhuan.Platform.Ledger.Ledger>();
        Assert.True(Checkpoint.Open(receipt.GetProperty("checkpoint").GetString()!, ledger.Key).Ok(out var checkpoint, out _));
        var leaf = receipt.GetProperty("leaf").GetBytesFromBase64();
        TreeHash[] path = [.. receipt.GetProperty("path").EnumerateArray().Select(hash => TreeHash.Read(hash.GetBytesFromBase64()))];
        Assert.True(TreeProofs.VerifyInclusion(TreeHash.OfLeaf(leaf), receipt.GetProperty("position").GetInt64(), checkpoint.Size, path, checkpoint.Root));
        Assert.Contains($"\"kind\":\"batch\"", Encoding.UTF8.GetString(leaf), StringComparison.Ordinal);
        Assert.EndsWith($"\"detail\":{manifest.GetProperty("statement").GetRawText()}}}", Encoding.UTF8.GetString(leaf), StringComparison.Ordinal);
    }

    // As the command line would, under what the access allows.
    private static (byte[] Result, byte[] Problems) VerifiedAlone(BatchHost host, byte[] file)
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-batch-").FullName;
        System.IO.File.WriteAllBytes(Path.Combine(folder, "in.csv"), file);
        var register = host.Get<RegisterShelf>().Find("person")!;
        var allowed = register.Schema.Fields.Select((field, i) => field.Name is "name" or "sex" or "birth_date" ? 1u << i : 0).Aggregate((all, one) => all | one);
        var request = new VerifyRequest
        {
            InputPath = Path.Combine(folder, "in.csv"), InputName = "in.csv", OutputPath = Path.Combine(folder, "out.csv"), ProblemsPath = Path.Combine(folder, "problems.csv"),
            Policy = new DisclosurePolicy(allowed, DisclosurePolicy.Full.Notes, true),
        };
        Assert.True(VerifyFile.Run(request, register, new TestClock(TestClock.Morning), null, default).Ok(out _, out _));
        var made = (System.IO.File.ReadAllBytes(Path.Combine(folder, "out.csv")), System.IO.File.ReadAllBytes(Path.Combine(folder, "problems.csv")));
        Directory.Delete(folder, recursive: true);
        return made;
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
