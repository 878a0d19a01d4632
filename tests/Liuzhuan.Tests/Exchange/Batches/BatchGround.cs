using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Agreements;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Exchange.Batches.Working;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Registers;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Tests.Platform.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests.Exchange.Batches;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Batches on a database of their own, with as many hosts as a test wants. Calls reach the handlers as the gate passes them on.</summary>
internal sealed class BatchGround : IAsyncDisposable
{
    public const string School = "school-1", Court = "court-1", Purpose = "school-enrolment";

    public const int People = 3000;

    public static readonly PseudonymKey Pseudonyms = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    public static readonly DemoPeople Made = new(People, 21);

    private static readonly Lazy<string[]> Registers = new(BuildRegisters);

    private readonly TestDatabase _database;
    private readonly List<BatchHost> _hosts = [];

    private BatchGround(TestDatabase database) => _database = database;

    public TestClock Clock { get; } = new(TestClock.Morning);

    public BatchHost Host => _hosts[0];

    public DataStore Store => _database.Store;

    public TestDatabase Database => _database;

    public static string PeopleRegister => Registers.Value[0];

    public static async Task<BatchGround> CreateAsync(string provider, BatchOptions? options = null)
    {
        var ground = new BatchGround(await TestDatabase.CreateAsync(provider));
        await ground.AddClientAsync(School, "122201044123456789");
        await ground.AddClientAsync(Court, "112201044123456780");
        await ground.GrantAsync(School, "identity", "name,sex,birth_date");
        await ground.GrantAsync(Court, "identity", "name,sex,birth_date,ethnicity");
        ground.OpenHost(options);
        return ground;
    }

    /// <summary>Another process on the same database, as far as batches can tell.</summary>
    public BatchHost OpenHost(BatchOptions? options = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock).AddSingleton(_ => _database.OpenAgain()).AddLogging();
        services.AddSingleton(_ => new RegisterShelf(Registers.Value, SchemaCatalogue.Find)).AddSingleton(_ => FactCatalogue.Shipped());
        services.AddSingleton<AccessList>().AddSingleton<FactMatchers>().AddSingleton<QuestionDesk>();
        services.AddSingleton(provider => new Ledger(provider.GetRequiredService<DataStore>(), LedgerGround.Key, new LedgerOptions(), Clock, provider.GetRequiredService<ILogger<Ledger>>()));
        services.AddSingleton(provider => new AccessRecorder(provider.GetRequiredService<DataStore>(), Pseudonyms, Clock));
        services.AddBatches(options ?? new BatchOptions { Beat = TimeSpan.FromMilliseconds(50) });
        var host = new BatchHost(services.BuildServiceProvider());
        _hosts.Add(host);
        return host;
    }

    public Task GrantAsync(string client, string fact, string fields, bool answerSuperseded = true, int sealDays = 0) => AddAsync(new Grant
    {
        Id = Guid.CreateVersion7(Clock.GetUtcNow()), ClientId = client, Fact = fact, Purpose = Purpose, Provision = "GB-1", Fields = fields,
        AnswerSuperseded = answerSuperseded, SealDays = sealDays, ValidFrom = Clock.GetUtcNow().AddDays(-1),
    });

    /// <summary>Changes the access list and lets the hosts see it.</summary>
    public async Task ChangeAccessAsync(Func<LiuzhuanDb, Task> change)
    {
        await using var db = Store.CreateDb();
        await change(db);
        await db.Set<AccessChange>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + 1));
        Clock.Advance(TimeSpan.FromSeconds(1.1));
    }

    public async Task<Batch> RowAsync(string id)
    {
        await using var db = Store.CreateDb();
        return await db.Set<Batch>().AsNoTracking().SingleAsync(batch => batch.Id == id);
    }

    public async Task<long> CountAsync(string sql, string id = "")
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None, ("id", id)), null);
    }

    public Task<long> PiecesAsync(string id) => CountAsync("select count(*) from batch_pieces where batch_id = @id", id);

    public Task<long> EntriesAsync() => CountAsync("select count(*) from ledger_entries where kind = 'batch'");

    /// <summary>A list of people as a school writes it, with every slip that lists are known for.</summary>
    public static byte[] List(int rows, int seed = 1)
    {
        var text = new StringBuilder("姓名,身份证号码,性别,民族\n");
        foreach (var row in Rows(rows, seed)) text.Append($"{row.Name},{row.Number},{row.Sex},汉\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static IEnumerable<DemoRow> Rows(int rows, int seed)
    {
        for (var i = 0; i < rows; i++)
        {
            var random = SplitMix.For((ulong)seed, 77, i);
            var person = Made[random.Below(People)];
            var row = random.Below(3) == 0 ? DemoDefects.With(random.Below(DemoDefects.Kinds), person, ref random) : DemoDefects.Clean(person);
            yield return random.Below(20) == 0 ? row with { Number = Made.UnusedNumber(i) } : row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task AddClientAsync(string id, string agency) => AddAsync(new Client { Id = id, Agency = agency, AddedAt = Clock.GetUtcNow() });

    private async Task AddAsync<T>(T row) where T : class
    {
        await using var db = Store.CreateDb();
        db.Add(row);
        await db.SaveChangesAsync();
        await db.Set<AccessChange>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + 1));
        Clock.Advance(TimeSpan.FromSeconds(1.1));
    }

    private static string[] BuildRegisters()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-batch-registers-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string Path(string name) => System.IO.Path.Combine(folder, name);
        using (var file = File.Create(Path("people.csv"))) DemoRegisterFile.Write(Made, file, _ => { }, CancellationToken.None);
        var kin = new StringBuilder("person_number,relative_number,relation,status\n");
        for (var i = 0; i + 1 < 1000; i += 2) kin.Append($"{Made[i].Number},{Made[i + 1].Number},{(i % 4 == 0 ? "10" : "20")},active\n");
        File.WriteAllText(Path("kinship.csv"), kin.ToString());
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, Path("people.csv"), Path("people.lzr"), TestClock.Morning.AddDays(-2)), null, CancellationToken.None);
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("kinship")!, Path("kinship.csv"), Path("kinship.lzr"), TestClock.Morning.AddDays(-2)), null, CancellationToken.None);
        return [Path("people.lzr"), Path("kinship.lzr")];
    }
}

/// <summary>One process.</summary>
internal sealed class BatchHost(ServiceProvider services) : IAsyncDisposable
{
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public BatchWorker Worker => Get<BatchWorker>();

    /// <summary>Calls an operation as a client whose request was checked.</summary>
    public async Task<Replied> CallAsync(string method, string address, byte[]? body = null, string client = BatchGround.School, string? key = null, params (string Name, string Value)[] fields)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        var parts = address.Split('?');
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (method, parts[0], new QueryString(parts.Length > 1 ? "?" + parts[1] : ""));
        http.Request.ContentType = "application/json";
        foreach (var (name, value) in fields) http.Request.Headers[name] = value;
        var segments = parts[0].Split('/');
        var route = BatchApi.Routes.Single(route => route.Method == method && Fits(route.Pattern.Split('/'), segments));
        if (segments.Length > 3) http.Request.RouteValues["id"] = segments[3];
        Assert.True((body?.Length ?? 0) <= route.MostBytes);
        var reply = await route.Handler(services)(new ApiCall(http, client, body ?? [], RandomNumberGenerator.GetHexString(32), key), CancellationToken.None);
        var content = reply.Body.ToArray();
        if (reply.Stream is { } stream)
        {
            using var whole = new MemoryStream();
            await stream.CopyAsync(whole, CancellationToken.None);
            content = whole.ToArray();
            Assert.Equal(stream.Length, content.Length);
            Assert.Equal(SHA256.HashData(content), stream.Sha256.ToArray());
        }

        return new Replied(reply.Status, content, reply.Fields.ToDictionary(field => field.Name, field => field.Value));
    }

    /// <summary>Announces a file; gives back the batch's id.</summary>
    public async Task<string> OpenAsync(byte[] file, string name = "list.csv", string client = BatchGround.School, string fact = "identity", string more = "")
    {
        var reply = await CallAsync("POST", "/api/batches", Announcement(file, name, fact, more), client);
        Assert.Equal((201, ""), (reply.Status, reply.Code));
        return reply.Json.GetProperty("id").GetString()!;
    }

    public static byte[] Announcement(byte[] file, string name = "list.csv", string fact = "identity", string more = "") => Encoding.UTF8.GetBytes(
        $$"""{"purpose":"{{BatchGround.Purpose}}","fact":"{{fact}}","name":"{{name}}","bytes":{{file.Length}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(file))}}"{{more}}}""");

    public Task<Replied> PutAsync(string id, byte[] file, string client = BatchGround.School) =>
        CallAsync("PUT", $"/api/batches/{id}/content", file, client, null, ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(file))}:"));

    public Task<Replied> PatchAsync(string id, long offset, byte[] part, bool isLast, string client = BatchGround.School) =>
        CallAsync("PATCH", $"/api/batches/{id}/content", part, client, null, ("Content-Type", "application/partial-upload"), ("Upload-Offset", $"{offset}"), ("Upload-Complete", isLast ? "?1" : "?0"));

    /// <summary>Announces and sends a file.</summary>
    public async Task<string> SendAsync(byte[] file, string name = "list.csv", string client = BatchGround.School, string fact = "identity", string more = "")
    {
        var id = await OpenAsync(file, name, client, fact, more);
        var reply = await PutAsync(id, file, client);
        Assert.Equal((200, "waiting"), (reply.Status, reply.State));
        return id;
    }

    public Task<Replied> StatusAsync(string id, string client = BatchGround.School) => CallAsync("GET", $"/api/batches/{id}", client: client);

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private static bool Fits(string[] pattern, string[] segments) =>
        pattern.Length == segments.Length && pattern.Zip(segments).All(pair => pair.First == pair.Second || pair.First == "{id}");
}

/// <summary>What came back.</summary>
internal sealed record Replied(int Status, byte[] Content, Dictionary<string, string> Fields)
{
    public string Text => Encoding.UTF8.GetString(Content);

    public JsonElement Json => JsonDocument.Parse(Content).RootElement;

    public string State => Json.GetProperty("state").GetString()!;

    /// <summary>Code of the problem; empty when it is none.</summary>
    public string Code => Status >= 400 ? Json.GetProperty("code").GetString()! : "";
}
