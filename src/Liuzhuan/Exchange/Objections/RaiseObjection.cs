using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Takes an objection in: its row, its clock, that the end of the clock was told to whoever objects, and the ledger entry become durable together.</summary>
internal sealed partial class RaiseObjection(DataStore store, Ledger ledger, KeepClock clocks, WhoDecides deciding, ObjectionWords sealing, SentForms forms, TimeProvider clock)
{
    /// <summary>How many of one person may wait for an answer; so many more are a flood, not a need.</summary>
    public const int MostOpen = 5;

    /// <summary>How many one person may raise within thirty days.</summary>
    public const int MostInMonth = 20;

    private const int LongestRows = 200, IdBytes = 16;

    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>To an access that stands in the person's own list.</summary>
    /// <param name="form">Which form says so: sent again, it brings back the objection there is. Null where it is no form.</param>
    /// <returns>The id of the objection.</returns>
    public async Task<Result<string>> ToAccessAsync(Actor actor, AccessItem access, string? reason, string? words, SentForm? form, CancellationToken stop)
    {
        if (await ledger.Log.EntryAsync(access.Position, stop) is not { } entry) return ObjectionRefusals.NotYours;
        var asker = Asker.Of(entry);
        return await RaiseAsync(actor, Objection.Access, reason, words, form, access.Agency, asker, ("position", access.Position), "", stop);
    }

    /// <summary>To rows of the answer to a request.</summary>
    /// <param name="form">As for an access.</param>
    /// <param name="answeredBy">Who released it, and where it is decided.</param>
    public Task<Result<string>> ToRowsAsync(Actor actor, string requestId, string? rows, string? reason, string? words, SentForm? form, string body, Asker answeredBy, CancellationToken stop)
    {
        var list = (rows ?? "").Trim();
        return list.Length > LongestRows || !RowList().IsMatch(list)
            ? Task.FromResult<Result<string>>(ObjectionRefusals.Rows)
            : RaiseAsync(actor, Objection.Rows, reason, words, form, body, answeredBy, ("request_id", requestId), list, stop);
    }

    private async Task<Result<string>> RaiseAsync(Actor actor, string about, string? reason, string? typed, SentForm? form, string body, Asker asker, (string Column, object Value) of, string rows, CancellationToken stop)
    {
        var words = ObjectionWords.Clean(typed);
        if (!ObjectionChoices.Reasons(about).Any(choice => choice.Code == reason) || (reason == ObjectionChoices.Other && words.Length == 0)) return ObjectionRefusals.Reason;
        if (words.Length > ObjectionWords.Longest) return ObjectionRefusals.Words;
        if (form is not null && await forms.FindAsync(form, stop) is { } before) return before.Result;
        var now = Instants.Whole(clock.GetUtcNow());
        var (id, day) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), ChinaTime.DayOf(now));
        if (!ClockRules.Shipped.Find(Objection.Rule, day).Ok(out var rule, out var refusal)) return refusal;

        (asker, var holder) = await deciding.OfAsync(asker, day, stop);
        var start = new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Start, Day = day, Time = ChinaTime.TimeOf(now), Provision = rule.Provision, Author = actor.Id };
        var digest = WordDigest.Of(words);
        var matter = new ClockMatter(
            new { objection = id, about, of = of.Value, reason, words = digest.Digest, office = asker.Office, agency = asker.Agency, assistedBy = actor.AssistedBy, actsFor = actor.ActsFor },
            [Insert(actor, about, reason!, (words, digest.Salt), body, asker, of, rows, id, now), .. form is null ? [] : new[] { forms.Done(form, id) }]);
        // The person reads the day on the page; from now on it never moves earlier.
        if ((await clocks.StartToldAsync($"objection/{id}", asker.Division, rule, start, holder, matter, stop)).Ok(out _, out refusal)) return id;
        return form is not null && await forms.FindAsync(form, stop) is { } other ? other.Result : refusal == ClockRefusals.Matter ? await WhyNotAsync(actor, of, stop) : refusal;
    }

    // The limits stand in the statement itself, so that many requests at once do not pass them together.
    private Statement Insert(Actor actor, string about, string reason, (string Text, string Salt) words, string body, Asker asker, (string Column, object Value) of, string rows, string id, DateTimeOffset now) => new($"""
        insert into objections (id, about, {of.Column}, row_list, body, asked_by, office, agency, division, raised_by, raised_at, reason, words, words_salt, state, answer)
        select @id, @about, @of, @rows, @body, @asked_by, @office, @agency, @division, @by, @now, @reason, @words, @salt, 'open', ''
        where (select count(*) from objections where raised_by = @by and state = 'open') < {MostOpen}
          and (select count(*) from objections where raised_by = @by and raised_at > @month) < {MostInMonth}
        on conflict do nothing
        """,
        ("id", id), ("about", about), ("of", of.Value), ("rows", rows), ("body", body), ("asked_by", asker.Actor), ("office", asker.Office), ("agency", asker.Agency), ("division", asker.Division),
        ("by", actor.Id), ("now", now), ("reason", reason), ("words", sealing.Seal(words.Text)), ("salt", words.Salt), ("month", now - Month));

    private async Task<Refusal> WhyNotAsync(Actor actor, (string Column, object Value) of, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return of.Column == "position" && await connection.ScalarAsync(null, "select id from objections where raised_by = @by and position = @of", stop, ("by", actor.Id), ("of", of.Value)) is not null
            ? ObjectionRefusals.Once
            : ObjectionRefusals.TooMany;
    }

    // Numbers of rows as people separate and join them, and nothing else: names and citizen numbers belong into the words, which are encrypted.
    [GeneratedRegex(@"^[0-9]{1,7}([ ,;\-~\u3000\uFF0C\u3001\uFF1B\u2013\u2014\uFF0D\uFF5E]+[0-9]{1,7})*$")]
    private static partial Regex RowList();
}
