using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Notices.Outgoing;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>What an operator does with notices that were not sent: try at once, send again, set aside. Each act is an entry of the ledger and becomes durable with it.</summary>
internal sealed class OperateNotices(Ledger ledger, Outbox outbox, TimeProvider clock)
{
    /// <summary>Why something is set aside. Codes: a free text could hold what must not be in the ledger.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["told-otherwise", "not-needed", "wrong-recipient", "receiver-gone"];

    private const string
        Fresh = "state = 'waiting', attempts = 0, next_at = @now, cause = null, lease = null, ended_at = null",
        Sendable = "content is not null and (expires_at is null or expires_at > @now)",
        Retry = "update notices set next_at = @now where id = @id and state = 'waiting' and lease is null",
        // A webhook that lost what it had taken is told again; people are not.
        Replay = $"update notices set {Fresh} where id = @id and (state = 'dead' or state = 'sent' and channel = 'webhook') and {Sendable}",
        ReplayAll = $"update notices set {Fresh} where channel = @channel and state = 'dead' and {Sendable}",
        SetAside = "update notices set state = 'aside' where id = @id and state = 'dead'";

    /// <summary>Tries a waiting notice at once.</summary>
    public Task<Result<string>> RetryAsync(string id, string actor, CancellationToken stop) => ActAsync(new { act = "retry-notice", notice = id }, actor, new Statement(Retry, ("id", id), ("now", Now)), NoticeRefusals.Moved, stop);

    /// <summary>Sends a dead notice again, or one that a webhook has taken, under its own id.</summary>
    public Task<Result<string>> ReplayAsync(string id, string actor, CancellationToken stop) => ActAsync(new { act = "replay-notice", notice = id }, actor, new Statement(Replay, ("id", id), ("now", Now)), NoticeRefusals.Moved, stop);

    /// <summary>Sends all dead notices of a channel again.</summary>
    public Task<Result<string>> ReplayAllAsync(string channel, string actor, CancellationToken stop) =>
        ActAsync(new { act = "replay-notices", channel }, actor, new Statement(ReplayAll, ("channel", channel), ("now", Now)), NoticeRefusals.NothingToReplay, stop);

    /// <summary>Sets a dead notice aside: nothing more is to be done about it.</summary>
    public Task<Result<string>> SetAsideAsync(string id, string reason, string actor, CancellationToken stop) => Reasons.Contains(reason)
        ? ActAsync(new { act = "set-notice-aside", notice = id, reason }, actor, new Statement(SetAside, ("id", id)), NoticeRefusals.Moved, stop)
        : Task.FromResult<Result<string>>(NoticeRefusals.Reason);

    private DateTimeOffset Now => Instants.Whole(clock.GetUtcNow());

    private async Task<Result<string>> ActAsync<T>(T detail, string actor, Statement statement, Refusal refused, CancellationToken stop)
    {
        if (await ledger.AppendAsync(new NewEntry("administration", actor, JsonSerializer.SerializeToUtf8Bytes(detail)) { Companions = [StatementCompanion.Of(statement)] }, stop) is null) return refused;
        outbox.Nudge();
        return actor;
    }
}
