using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Answers an objection once: the answer, the end of its clock and the ledger entry become durable together.</summary>
internal sealed class AnswerObjection(Permissions permissions, KeepClock clocks, ObjectionWords sealing, TimeProvider clock)
{
    /// <summary>May they decide it? Nobody decides about what they did themselves.</summary>
    public Refusal? May(Actor actor, Objection objection)
    {
        var decision = permissions.Decide(actor, Capabilities.DecideChallenge, objection.Target);
        return !decision.IsAllowed ? decision.Refusal : objection.AskedBy == actor.Id ? ObjectionRefusals.OwnAct : null;
    }

    public async Task<Result<ClockReading>> RunAsync(Actor actor, Objection objection, string? outcome, string? typed, CancellationToken stop)
    {
        if (May(actor, objection) is { } refused) return refused;
        var words = ObjectionWords.Clean(typed);
        if (words.Length == 0 || !ObjectionChoices.Outcomes(objection.About).Any(choice => choice.Code == outcome)) return ObjectionRefusals.Outcome;
        if (words.Length > ObjectionWords.Longest) return ObjectionRefusals.Words;
        var now = Instants.Whole(clock.GetUtcNow());
        if (!ClockRules.Shipped.Find(Objection.Rule, ChinaTime.DayOf(objection.RaisedAt)).Ok(out var rule, out var refusal)) return refusal;
        var over = new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Stop, Day = ChinaTime.DayOf(now), Time = ChinaTime.TimeOf(now), Provision = rule.Provision, Author = actor.Id };
        var digest = WordDigest.Of(words);
        var matter = new ClockMatter(
            new { objection = objection.Id, about = objection.About, of = (object?)objection.Position ?? objection.RequestId, outcome, words = digest.Digest },
            new Statement(
                "update objections set state = 'answered', outcome = @outcome, answer = @answer, answer_salt = @salt, answered_by = @by, answered_at = @now where id = @id and state = 'open'",
                ("outcome", outcome), ("answer", sealing.Seal(words)), ("salt", digest.Salt), ("by", actor.Id), ("now", now), ("id", objection.Id)));
        var ended = await clocks.RecordAsync(objection.ClockId, over, matter, stop);
        return ended.Ok(out _, out refusal) || refusal != ClockRefusals.Stopped ? ended : ClockRefusals.Matter;
    }
}
