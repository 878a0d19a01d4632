using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Inbox;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Notices.Webhooks;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests.Platform.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Tests.Platform.Notices;

/// <summary>An outbox on a database of a test's own, with as many hosts as it wants. Times are those of a clock that stands still until it is moved.</summary>
internal sealed class NoticeGround : IAsyncDisposable
{
    public const string Phone = "13800000000", Officer = "officer/J220102001";

    private readonly List<Host> _hosts = [];

    private NoticeGround(LedgerGround ledger, NoticeOptions options) => (Ledger, Options) = (ledger, options);

    public LedgerGround Ledger { get; }

    public NoticeOptions Options { get; }

    public TestClock Clock => Ledger.Clock;

    public DataStore Store => Ledger.Store;

    public TestAddressee People { get; } = new();

    public NoticeTemplates Templates { get; set; } = NoticeTemplates.Shipped;

    public Host First => _hosts[0];

    public Outbox Outbox => First.Outbox;

    public static async Task<NoticeGround> CreateAsync(string provider, NoticeOptions options)
    {
        var ground = new NoticeGround(await LedgerGround.CreateAsync(provider), options);
        ground.Another();
        return ground;
    }

    /// <summary>Another host on the same database.</summary>
    public Host Another()
    {
        var host = new Host(this);
        _hosts.Add(host);
        return host;
    }

    public static NewNotice Code(string code = "135790", string? key = null, bool isUrgent = true) => new()
    {
        Template = "sign-in-code", Recipient = Recipients.Direct, Channel = NoticeChannels.Sms, Address = Phone, Key = key, IsUrgent = isUrgent,
        Values = new Dictionary<string, Text> { ["code"] = new(code, code), ["minutes"] = new("5", "5") },
    };

    public static NewNotice Overdue(string recipient, string? key = null) => new()
    {
        Template = "clock-overdue", Recipient = recipient, Matter = "clock/case/1", Key = key,
        Values = new Dictionary<string, Text> { ["matter"] = new("case/1", "case/1"), ["rule"] = new("行政许可决定", "decision on a permit"), ["due"] = new("2026-03-12（周四）", "Thu 2026-03-12") },
    };

    public async Task<IReadOnlyList<Row>> RowsAsync()
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return await connection.ListAsync(null, "select id, channel, recipient, state, attempts, cause, next_at, content from notices order by made_at, id",
            row => new Row(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetString(5), row.Instant(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7)), CancellationToken.None);
    }

    public async Task<Row> RowAsync() => Assert.Single(await RowsAsync());

    public async Task RunSqlAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, sql, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) host.Dispose();
        await Ledger.DisposeAsync();
    }

    internal sealed record Row(string Id, string Channel, string Recipient, string State, int Attempts, string? Cause, DateTimeOffset NextAt, byte[]? Content);

    /// <summary>What the directory will know.</summary>
    internal sealed class TestAddressee : INoticeAddressee
    {
        public Dictionary<string, string[]> Holders { get; } = [];

        public Dictionary<string, NoticeContact> Contacts { get; } = [];

        public Task<IReadOnlyList<string>> HoldersAsync(string role, string office, CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>(Holders.GetValueOrDefault($"{role}@{office}") ?? []);

        public Task<NoticeContact?> FindAsync(string recipient, CancellationToken stop) => Task.FromResult(Contacts.GetValueOrDefault(recipient));
    }

    internal sealed class Host : IDisposable
    {
        private readonly SmsChannel _sms;
        private readonly WebhookChannel _webhook;

        public Host(NoticeGround ground)
        {
            var (store, options, clock) = (ground.Ledger.Store, ground.Options, ground.Clock);
            Assert.True(KeyFolder.Open(Path.Combine(ground.Ledger.Folder, "keys"), clock).Ok(out var keys, out var refusal), refusal?.English);
            Keys = keys;
            var post = new SignedPost(keys, options, clock);
            var seal = NoticeSeal.Of(ground.Ledger.Folder);
            Outbox = new Outbox(seal, options, clock);
            Queue = new NoticeQueue(store, options, clock);
            var gateway = new SmsGateway(() => options.SmsGateway);
            _sms = new SmsChannel(post, gateway, options);
            _webhook = new WebhookChannel(post, store, () => ServiceAddress.At(new Uri("https://verify.example.gov.cn")), options);
            Worker = new NoticeWorker(Queue, seal, ground.Templates, new RouteNotice(store, seal, options, gateway, clock, [ground.People]), [_sms, _webhook, new MailChannel(options)], Outbox, options, clock, NullLogger<NoticeWorker>.Instance);
            Operate = new OperateNotices(ground.Ledger.Ledger, Outbox, clock);
            Webhooks = new ManageWebhooks(ground.Ledger.Ledger, ground.Templates, clock);
            Inbox = new InboxShelf(store, seal, ground.Templates, clock);
            Erasure = new NoticeErasure(store);
        }

        public KeyFolder Keys { get; }

        public Outbox Outbox { get; }

        public NoticeQueue Queue { get; }

        public NoticeWorker Worker { get; }

        public OperateNotices Operate { get; }

        public ManageWebhooks Webhooks { get; }

        public InboxShelf Inbox { get; }

        public NoticeErasure Erasure { get; }

        /// <summary>Sends all that is due now. Gives back how many attempts that took.</summary>
        public async Task<int> SendAllAsync()
        {
            var count = 0;
            while (await Worker.RunOnceAsync(onlyUrgent: false, CancellationToken.None)) count++;
            return count;
        }

        public void Dispose()
        {
            _sms.Dispose();
            _webhook.Dispose();
            Outbox.Dispose();
            Worker.Dispose();
        }
    }
}
