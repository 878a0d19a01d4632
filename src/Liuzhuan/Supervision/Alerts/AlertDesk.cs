using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Supervision.Watching;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Supervision.Alerts;

using Permissions = Liuzhuan.Platform.Permissions.Permissions;

/// <summary>Alerts for those whom they concern: the officer, who explains; the supervisor of the officer's division, who decides. Nobody decides about themselves.</summary>
internal sealed class AlertDesk(DataStore store, Permissions permissions, ManageRoles roles, ActorLoad actors, AppendEntry append, SentForms forms, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Longest = 1000, PageSize = 50;

    /// <summary>How long words stay after the decision: as long as those of an objection, for which they may be needed.</summary>
    public static readonly TimeSpan KeepWords = TimeSpan.FromDays(3 * 366);

    public static readonly Refusal NotFound = new("alert.not-found", "没有这条提醒，或不归您处理。请从列表打开。", "There is no such alert, or it is not yours to handle. Open it from the list.", StatusCodes.Status404NotFound);

    public static readonly Refusal Own = new("alert.own", "不能处理涉及自己的提醒：请由管到本辖区的其他督察办理。", "Nobody decides about themselves: another supervisor of the area does.", StatusCodes.Status403Forbidden);

    /// <summary>The same where there is no other.</summary>
    public static readonly Refusal OwnAndAlone = new("alert.own-and-alone",
        "不能处理涉及自己的提醒，而管到本辖区的督察目前只有您一人。提醒保持待处理：请安全管理员再授权一名督察。",
        "Nobody decides about themselves, and you are the only supervisor of the area. The alert stays open: ask the security administrator to make somebody else supervisor.", StatusCodes.Status403Forbidden);

    public static readonly Refusal NoWords = new("alert.no-words", $"请写明情况（不超过 {Longest} 字）。", $"Say how it came about (at most {Longest} characters).");

    public static readonly Refusal NoOutcome = new("alert.no-outcome", "请选择处理结论。", "Choose an outcome.");

    public static readonly Refusal Overtaken = new("alert.overtaken", "这条提醒刚被别人处理，或已经办结。请刷新页面查看。", "Somebody has just dealt with this alert, or it is closed. Reload the page.", StatusCodes.Status409Conflict);

    private const string Order = "order by case state when 'answered' then 0 when 'open' then 1 else 2 end, raised_at desc, id";

    private readonly SealedWords _words = new(protection.CreateProtector("alerts"));

    /// <summary>What a supervisor may see: those that were explained and wait for them first, then open ones, then closed ones; of each the newest first.</summary>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="rule">Only these; null for all.</param>
    /// <param name="page">From 0.</param>
    public async Task<(IReadOnlyList<Alert> Alerts, bool More)> ListAsync(Actor supervisor, string? state, string? rule, int page, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var all = await connection.ListAsync(null, $"{Alert.Select} where (@state = '' or state = @state) and (@rule = '' or rule = @rule) {Order}", Alert.Read, stop, ("state", state ?? ""), ("rule", rule ?? ""));
        // Alerts are few; the one place that decides is asked about each of them.
        var mine = all.Where(alert => MaySee(supervisor, alert)).Skip(page * PageSize).Take(PageSize + 1).ToList();
        return mine.Count > PageSize ? (mine[..PageSize], true) : (mine, false);
    }

    /// <summary>Alerts about an officer, the newest first.</summary>
    public async Task<IReadOnlyList<Alert>> OfAsync(Actor officer, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{Alert.Select} where officer = @officer order by raised_at desc, id limit @most", Alert.Read, stop, ("officer", officer.Id), ("most", PageSize));
    }

    /// <summary>One alert, its words opened, for whoever may see it: the officer it is about, or a supervisor.</summary>
    public async Task<Result<Alert>> FindAsync(Actor actor, Guid id, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var found = await connection.ListAsync(null, $"{Alert.Select} where id = @id", Alert.Read, stop, ("id", id));
        return found is [var alert] && (alert.Officer == actor.Id || MaySee(actor, alert)) ? Opened(alert) : NotFound;
    }

    /// <summary>Who may decide an alert as things stand; nobody, where the officer it is about supervises the area alone.</summary>
    public async Task<IReadOnlyList<Actor>> DecidersAsync(Alert alert, CancellationToken stop)
    {
        var found = new List<Actor>();
        foreach (var id in (await roles.ListAsync(null, stop)).Where(grant => grant.Role == Roles.Supervisor && grant.RevokedAt is null).Select(grant => grant.OfficerId).Distinct())
        {
            if (await actors.OfficerAsync(id, stop) is { } officer && officer.Id != alert.Officer && MaySee(officer, alert)) found.Add(officer);
        }

        return found;
    }

    /// <summary>The looks that an alert counted, as far as they are kept: when, for what, how many; never about whom.</summary>
    public async Task<IReadOnlyList<Look>> LooksAsync(Alert alert, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{RaiseFindings.SelectLooks} where position in ({string.Join(", ", alert.Positions)}) order by position", RaiseFindings.Read, stop);
    }

    /// <summary>The officer says how it came about; may be said anew until it is decided.</summary>
    /// <param name="form">Sent again, it changes nothing.</param>
    public async Task<Result<Guid>> ExplainAsync(Actor officer, Guid id, string? words, SentForm form, CancellationToken stop)
    {
        if (!(await FindAsync(officer, id, stop)).Ok(out var alert, out var refusal)) return refusal;
        if (alert.Officer != officer.Id) return NotFound;
        if (words?.Trim() is not { Length: > 0 and <= Longest } text) return NoWords;
        var digest = WordDigest.Of(text);
        return await LogAsync(officer, new { act = "explain-alert", alert = id, words = digest.Digest }, id, form,
            new("update alerts set state = 'answered', explanation = @text, explanation_salt = @salt, explained_at = @now where id = @id and officer = @officer and state <> 'closed'",
                ("text", _words.Seal(text)), ("salt", digest.Salt), ("now", clock.GetUtcNow()), ("id", id), ("officer", officer.Id)), stop);
    }

    /// <summary>The supervisor decides and closes it.</summary>
    /// <param name="form">Sent again, it changes nothing.</param>
    public async Task<Result<Guid>> DecideAsync(Actor supervisor, Guid id, string? outcome, string? note, SentForm form, CancellationToken stop)
    {
        if (!(await FindAsync(supervisor, id, stop)).Ok(out var alert, out var refusal)) return refusal;
        if (alert.Officer == supervisor.Id) return (await DecidersAsync(alert, stop)).Count > 0 ? Own : OwnAndAlone;
        if (!MaySee(supervisor, alert)) return NotFound;
        if (outcome is null || !Alert.Outcomes.Contains(outcome)) return NoOutcome;
        if (note?.Trim() is not { Length: > 0 and <= Longest } text) return NoWords;
        var digest = WordDigest.Of(text);
        return await LogAsync(supervisor, new { act = "decide-alert", alert = id, officer = alert.Officer, outcome, words = digest.Digest }, id, form,
            new("update alerts set state = 'closed', outcome = @outcome, note = @text, note_salt = @salt, decided_at = @now, decided_by = @by where id = @id and state <> 'closed'",
                ("outcome", outcome), ("text", _words.Seal(text)), ("salt", digest.Salt), ("now", clock.GetUtcNow()), ("by", supervisor.Id), ("id", id)), stop);
    }

    /// <summary>Empties the words of what was decided, or explained and never decided, long ago, and what their digests were made with.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "update alerts set explanation = '', explanation_salt = '', note = '', note_salt = '' where coalesce(decided_at, explained_at) <= @due and (explanation <> '' or note <> '')", stop, ("due", now - KeepWords));
    }

    private Alert Opened(Alert alert) => alert with { Explanation = Open(alert.Explanation, alert.ExplanationSalt), Note = Open(alert.Note, alert.NoteSalt) };

    // Without a salt they are of a time when they were kept as they were typed.
    private string? Open(string? kept, string? salt) => kept is null or "" ? null : salt is null ? kept : _words.Open(kept);

    private bool MaySee(Actor actor, Alert alert) => permissions.Decide(actor, Capabilities.SeeAlerts, new PermissionTarget(Division: alert.Division, Office: alert.Office)).IsAllowed;

    private async Task<Result<Guid>> LogAsync(Actor actor, object detail, Guid id, SentForm form, Statement statement, CancellationToken stop)
    {
        var entry = new NewEntry("decision", actor.Id, LedgerDetail.Of(detail)) { Companions = [StatementCompanion.Of(forms.Done(form, $"{id}"), statement)] };
        return await forms.FindAsync(form, stop) is not null || await append(entry, stop) is not null || await forms.FindAsync(form, stop) is not null ? id : Overtaken;
    }
}
