using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices.Outgoing;

namespace Liuzhuan.Platform.Notices;

/// <summary>
/// Takes notices in, in the transaction of what caused them: it happened and will be told, or it did not happen and nobody is told.
/// A worker sends them later, on this host or another.
/// </summary>
internal sealed class Outbox(NoticeSeal seal, NoticeOptions options, TimeProvider clock) : IDisposable
{
    // A notice that is there already is left as it is; the row counts as touched, so that what it comes with is not refused.
    private const string Insert = """
        insert into notices (id, template, channel, recipient, matter, content, state, urgent, made_at, next_at, expires_at, attempts, erase_after)
        values (@id, @template, @channel, @recipient, @matter, @content, 'waiting', @urgent, @now, @now, @expires, 0, @erase)
        on conflict (id) do update set template = notices.template
        """;

    private readonly SemaphoreSlim _news = new(0);

    /// <summary>The statement that takes a notice in: for a <see cref="StatementCompanion"/>, beside others, or for a transaction of one's own.</summary>
    public Statement Of(NewNotice notice)
    {
        var now = Instants.Whole(clock.GetUtcNow());
        return new Statement(Insert,
            ("id", IdOf(notice)), ("template", notice.Template), ("channel", notice.Channel), ("recipient", notice.Recipient), ("matter", notice.Matter),
            ("content", seal.Close(new NoticeContent(notice.Address, notice.Language, notice.Values))), ("urgent", notice.IsUrgent),
            ("now", now), ("expires", notice.WorthFor is { } worth ? now + worth : null), ("erase", now + options.Keep));
    }

    /// <summary>Takes a notice in that nothing else is to become durable with.</summary>
    public async Task AddAsync(DataStore store, NewNotice notice, CancellationToken stop)
    {
        var statement = Of(notice);
        await using (var connection = await store.OpenAsync(stop)) await connection.ExecuteAsync(null, statement.Text, stop, statement.Values);
        Nudge();
    }

    /// <summary>The id of a notice: receivers see the same in every attempt.</summary>
    public static string IdOf(NewNotice notice) => notice.Key is { } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\0{notice.Template}\0{notice.Channel}\0{notice.Recipient}")))[..32]
        : RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Says that something was taken in: a worker of this host looks at once. Without it the next look finds it.</summary>
    public void Nudge()
    {
        if (_news.CurrentCount == 0) _news.Release();
    }

    /// <summary>Waits until something is taken in, at most as long as a worker looks away.</summary>
    public Task WaitAsync(CancellationToken stop) => _news.WaitAsync(options.Idle, stop);

    public void Dispose() => _news.Dispose();
}
