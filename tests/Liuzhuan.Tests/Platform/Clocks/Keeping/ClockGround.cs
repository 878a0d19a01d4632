using Liuzhuan.Platform.Clocks.Alarms;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Tests.Platform.Clocks.Reading;
using Liuzhuan.Tests.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Clocks.Keeping;

/// <summary>Kept clocks on a database of a test's own, with as many hosts as it wants.</summary>
internal sealed class ClockGround : IAsyncDisposable
{
    private ClockGround(LedgerGround ledger) => (Ledger, First) = (ledger, new Host(ledger.Store, ledger.Ledger, ledger.Clock));

    public LedgerGround Ledger { get; }

    public Host First { get; }

    public TestClock Clock => Ledger.Clock;

    public DataStore Store => Ledger.Store;

    public static async Task<ClockGround> CreateAsync(string provider) => new(await LedgerGround.CreateAsync(provider));

    /// <summary>Another host on the same database.</summary>
    public Host Another() => new(Store, Ledger.OpenAnother(), Clock);

    public async Task<ClockReading> StartAsync(string id, string day, string limit = "5wd", string? extension = null, int warn = 1, string division = "")
    {
        var rule = GivenClock.Rule(limit, extension) with { WarnBefore = warn };
        return Taken(await First.Keep.StartAsync(id, division, rule, GivenClock.Entry(ClockAct.Start, day), CancellationToken.None));
    }

    public async Task<ClockReading> RecordAsync(string id, ClockEntry entry) => Taken(await First.Keep.RecordAsync(id, entry, CancellationToken.None));

    public async Task<KeptClock> FindAsync(string id)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return (await KeptClock.FindAsync(connection, id, CancellationToken.None))!;
    }

    /// <summary>What is stored of a clock must be what its stored entries give.</summary>
    public async Task<ClockReading> AssertReplaysAsync(string id, params IReadOnlyList<CalendarYear> imported)
    {
        var kept = await FindAsync(id);
        var replay = ReadClock.Of(kept.Rule, kept.Entries, new WorkingCalendar([.. ShippedCalendars.Years, .. imported], kept.Division));
        Assert.Equal((replay.Due, replay.DueAt?.ToUniversalTime(), replay.IsProvisional, replay.Timeline.Stop?.Day), (kept.DueOn, kept.DueAt?.ToUniversalTime(), kept.IsProvisional, kept.StoppedOn));
        return replay;
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None), null);
    }

    public static T Taken<T>(Result<T> outcome) where T : notnull
    {
        Assert.True(outcome.Ok(out var value, out var refusal), refusal?.English);
        return value;
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    internal sealed class Host(DataStore store, Liuzhuan.Platform.Ledger.Ledger ledger, TimeProvider clock)
    {
        private readonly CalendarShelf _calendars = new();

        public KeepClock Keep => new(store, ledger, _calendars, clock);

        public RecalculateClocks Recalculate => new(store, ledger, _calendars, clock);

        public RaiseAlarms Alarms => new(store, ledger, new Outbox(NoticeSeal.Of(store.Folder), new NoticeOptions(), clock), clock);

        public async Task<IReadOnlyList<Alarm>> RaiseAsync() => (await Alarms.RunOnceAsync(CancellationToken.None)).Raised;
    }
}
