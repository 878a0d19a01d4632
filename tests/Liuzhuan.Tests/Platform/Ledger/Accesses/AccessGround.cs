using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

/// <summary>A database with accesses in it, and beside it the slow and obvious list of them.</summary>
internal sealed class AccessGround : IAsyncDisposable
{
    public static readonly AccessEvent Court = new() { Agency = "示范市中级人民法院", Purpose = "执行", Provision = "民事诉讼法第二百五十三条", Fact = "identity" };
    public static readonly AccessEvent School = new() { Agency = "示范市教育局", Purpose = "入学", Provision = "义务教育法第十二条", Fact = "residence,kinship" };

    private static readonly byte[] Secret = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];

    private readonly List<(long Position, AccessEvent Access, HashSet<ulong> People)> _obvious = [];
    private long _next;

    private AccessGround(TestDatabase database)
    {
        Database = database;
        Recorder = new AccessRecorder(Store, Key, Clock);
        History = new AccessHistory(Store, [Key]);
        Tidying = new AccessTidying(Store, Clock);
    }

    public TestDatabase Database { get; }

    public DataStore Store => Database.Store;

    public TestClock Clock { get; } = new(TestClock.Morning);

    public PseudonymKey Key { get; } = new(Secret);

    public AccessRecorder Recorder { get; }

    public AccessHistory History { get; }

    public AccessTidying Tidying { get; }

    public static async Task<AccessGround> CreateAsync(string database) => new(await TestDatabase.CreateAsync(database));

    public static PersonKey Person(ulong number) => new(PersonKey.CitizenNumberKind, number);

    /// <summary>Records a question about some, as one entry.</summary>
    public async Task<long> AskAsync(AccessEvent access, params ulong[] people) =>
        Noted(await WriteAsync(Recorder.For(access, [.. people.Select(Person)])) ?? throw new InvalidOperationException("Refused."), access, people);

    /// <summary>Records a batch about many, as one entry.</summary>
    public async Task<long> BatchAsync(AccessEvent access, params ulong[] people) =>
        Noted(await WriteAsync(await Recorder.ForBatchAsync(access, people, CancellationToken.None)) ?? throw new InvalidOperationException("Refused."), access, people);

    /// <summary>What a command makes of a batch, on two threads, before its entry is written.</summary>
    public Task<Companion> ForCommandBatchAsync(AccessEvent access, ulong[] people) =>
        new AccessRecorder(Store, Key, Clock, threads: 2, isAlone: true).ForBatchAsync(access, people, CancellationToken.None);

    /// <summary>Records a batch about many as a command does, as one entry.</summary>
    public async Task<long> CommandBatchAsync(AccessEvent access, params ulong[] people) =>
        Noted(await WriteAsync(await ForCommandBatchAsync(access, people)) ?? throw new InvalidOperationException("Refused."), access, people);

    /// <summary>Records questions about one person each, all in one commit.</summary>
    public async Task AskManyAsync(AccessEvent access, int count, Func<ulong> person)
    {
        ulong[] people = [.. Enumerable.Range(0, count).Select(_ => person())];
        var first = await WriteAsync([.. people.Select(one => Recorder.For(access, Person(one)))]) ?? throw new InvalidOperationException("Refused.");
        for (var i = 0; i < count; i++) Noted(first + i, access, people[i]);
    }

    /// <summary>Writes companions as the ledger does, one for each entry; gives back the position of the first, or null when one is refused.</summary>
    public async Task<long?> WriteAsync(params Companion[] companions)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        await using var transaction = await RunTables.BeginAsync(connection, Store, CancellationToken.None);
        var end = _next + companions.Length;
        var refused = await companions[0].Writer.WriteAsync(transaction, [.. companions.Select((one, i) => new CompanionRow(one.Content, _next + i, Clock.Now, end))], CancellationToken.None);
        if (refused.Count > 0) return null;
        await transaction.CommitAsync();
        Clock.Now += TimeSpan.FromSeconds(1);
        (var first, _next) = (_next, end);
        return first;
    }

    public async Task<IReadOnlyList<AccessItem>> ListAsync(ulong person, DateTimeOffset? asOf = null) =>
        (await History.ReadAsync([Person(person)], asOf ?? Clock.Now, int.MaxValue - 1, null, CancellationToken.None)).Items;

    /// <summary>Positions of a person's accesses by the slow list, newest first.</summary>
    public IEnumerable<long> Obvious(ulong person, DateTimeOffset? asOf = null) => from one in Enumerable.Reverse(_obvious)
        where one.People.Contains(person) && (one.Access.RevealedAt is null || one.Access.RevealedAt <= (asOf ?? Clock.Now))
        select one.Position;

    /// <summary>Drops from the slow list what lies before a position.</summary>
    public void Forget(long before) => _obvious.RemoveAll(one => one.Position < before);

    public async Task AssertListsAsync(params IEnumerable<ulong> people)
    {
        foreach (var person in people) Assert.Equal(Obvious(person), (await ListAsync(person)).Select(item => item.Position));
    }

    /// <summary>Tidies until nothing is due.</summary>
    public async Task TidyAsync()
    {
        while (await Tidying.RunOnceAsync(CancellationToken.None)) { }
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await Database.DisposeAsync();
    }

    private long Noted(long position, AccessEvent access, params ulong[] people)
    {
        _obvious.Add((position, access, [.. people]));
        return position;
    }
}
