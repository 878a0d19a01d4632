using Liuzhuan.Exchange.Hall;
using Liuzhuan.Exchange.Workbench;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Desk;

/// <summary>What a liaison does with a request: has it verified, then releases it or sends it back. Each step is a ledger entry, and happens once, whoever else tries.</summary>
internal sealed class HandleRequest(Permissions permissions, RequestReach reach, RequestGround ground, FactCatalogue facts, RequestFiles files, ReturnWords words, KeepClock clocks, AppendEntry append, TimeProvider clock)
{
    /// <summary>The purpose under which a liaison verifies for another agency.</summary>
    private const string ForAgencies = "interagency-request";

    /// <summary>Takes it on and has it verified, within what the liaison may be told for other agencies.</summary>
    public async Task<Result<RequestState>> OpenAsync(Actor actor, ExchangeRequest request, CancellationToken stop)
    {
        if (await reach.MayAsync(actor, request, stop) is { IsAllowed: false } denied) return denied.Refusal!;
        if (RequestLaw.After(request.State, RequestAct.Open) is not { } next) return RequestLaw.NotNow;
        if (files.Store.Find(request.Job) is null) return RequestRefusals.Gone;
        if (facts.Find(request.Fact) is not { } fact) return RequestRefusals.Fact;
        if (!DeskTerms.Of(permissions, actor, Capabilities.VerifyFile, ForAgencies, fact.Schema).Ok(out var terms, out var refusal)) return refusal;
        if (await ground.LookAsync(request, stop) is { } groundless) return groundless;
        // What the agency needs it for is decided again on the day it is answered, and bounds the answer.
        if (PurposeOf(request) is not { } theirs) return PermissionRefusals.PurposeUnknown;
        var entry = new NewEntry("decision", actor.Id, LedgerDetail.Of(new { request = request.Id, act = "open", rule = terms.Rule, ground = request.Ground }))
        {
            Companions = [StatementCompanion.Of(new Statement(
                "update exchange_requests set state = 'opened', opened_by = @by, opened_at = @now where id = @id and state = 'submitted'",
                ("by", actor.Id), ("now", Instants.Whole(clock.GetUtcNow())), ("id", request.Id)))],
        };
        if (await append(entry, stop) is null) return RequestLaw.NotNow;
        files.Desk.Begin(request.Job, ErrandOf(actor, request, fact, terms, theirs));
        return next;
    }

    /// <summary>Was it taken on, and its verification never begun?</summary>
    public bool IsStranded(ExchangeRequest request) => request.State == RequestState.Opened && files.Store.Find(request.Job) is { Phase: JobPhase.Held };

    /// <summary>Begins the verification of what was taken on, within what the liaison may be told for other agencies.</summary>
    /// <returns>False where they may not have it verified any more.</returns>
    public async Task<bool> ResumeAsync(Actor liaison, ExchangeRequest request, CancellationToken stop)
    {
        if (await ground.LookAsync(request, stop) is not null) return false;
        if (PurposeOf(request) is not { } theirs || facts.Find(request.Fact) is not { } fact || !DeskTerms.Of(permissions, liaison, Capabilities.VerifyFile, ForAgencies, fact.Schema).Ok(out var terms, out _)) return false;
        files.Desk.Begin(request.Job, ErrandOf(liaison, request, fact, terms, theirs));
        return true;
    }

    /// <summary>Gives the verified file to whoever asked. Of two who do so at once, one is told that it is done.</summary>
    public async Task<Result<RequestState>> ReleaseAsync(Actor actor, ExchangeRequest request, CancellationToken stop)
    {
        if (await reach.MayAsync(actor, request, stop) is { IsAllowed: false } denied) return denied.Refusal!;
        if (RequestLaw.After(request.State, RequestAct.Release) is null) return RequestLaw.NotNow;
        if (files.Store.Find(request.Job) is not { Phase: JobPhase.Done, Report: { } report } || report.Ledger is not { } mark) return RequestRefusals.NotVerified;
        return await CloseAsync(
            actor, request, RequestAct.Release, new { request = request.Id, act = "release", position = mark.Position, output = report.Output?.Sha256 },
            new Statement("""
                update exchange_requests set state = 'released', closed_by = @by, closed_at = @now, closed_office = @office, closed_agency = @agency, closed_body = @body, position = @position
                where id = @id and state = 'opened'
                """,
                [.. Closing(actor, request), ("position", mark.Position)]),
            stop);
    }

    /// <summary>Sends it back with a reason.</summary>
    public async Task<Result<RequestState>> ReturnAsync(Actor actor, ExchangeRequest request, string? reason, CancellationToken stop)
    {
        if (await reach.MayAsync(actor, request, stop) is { IsAllowed: false } denied) return denied.Refusal!;
        if (RequestLaw.After(request.State, RequestAct.Return) is null) return RequestLaw.NotNow;
        var why = (reason ?? "").Trim();
        if (why.Length is 0 or > RequestRefusals.LongestNote) return RequestRefusals.Reason;
        var digest = WordDigest.Of(why);
        return await CloseAsync(
            actor, request, RequestAct.Return, new { request = request.Id, act = "return", words = digest.Digest },
            new Statement("""
                update exchange_requests set state = 'returned', closed_by = @by, closed_at = @now, closed_office = @office, closed_agency = @agency, closed_body = @body, return_words = @words, return_salt = @salt
                where id = @id and state in ('submitted', 'opened')
                """,
                [.. Closing(actor, request), ("words", words.Seal(why)), ("salt", digest.Salt)]),
            stop);
    }

    private async Task<Result<RequestState>> CloseAsync(Actor actor, ExchangeRequest request, RequestAct act, object detail, Statement change, CancellationToken stop)
    {
        var (now, provision) = (Instants.Whole(clock.GetUtcNow()), "吉林省11部门通知（2015）");
        var over = new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Stop, Day = ChinaTime.DayOf(now), Time = ChinaTime.TimeOf(now), Provision = provision, Author = actor.Id };
        return (await clocks.RecordAsync(request.ClockId, over, new ClockMatter(detail, change), stop)).Ok(out _, out var refusal)
            ? RequestLaw.After(request.State, act)!.Value
            : refusal == ClockRefusals.Stopped || refusal == ClockRefusals.Matter ? RequestLaw.NotNow : refusal;
    }

    // Null when it is over by now.
    private Purpose? PurposeOf(ExchangeRequest request) => permissions.FindPurpose(request.Purpose) is { } purpose && purpose.IsInForce(ChinaTime.DayOf(clock.GetUtcNow())) ? purpose : null;

    private (string Name, object? Value)[] Closing(Actor actor, ExchangeRequest request) =>
    [
        ("by", actor.Id), ("now", Instants.Whole(clock.GetUtcNow())), ("office", actor.Post?.Office ?? ""), ("agency", actor.Post?.Agency ?? ""), ("body", actor.Post?.OfficeName ?? ""), ("id", request.Id),
    ];

    // The people in the file read who asked, not who looked it up for them.
    private static Errand ErrandOf(Actor actor, ExchangeRequest request, FactType fact, DeskTerms terms, Purpose theirs) => new()
    {
        Actor = actor.Id,
        ActorName = actor.Name,
        AskedBy = request.SubmittedBy,
        Body = request.OfficeName,
        Office = request.Office,
        Agency = request.Agency,
        Division = request.Division,
        Purpose = request.Purpose,
        Provision = request.Provision,
        Fact = fact.Id,
        Rule = terms.Rule,
        Request = request.Id,
        Policy = terms.PolicyFor(fact, theirs),
    };
}
