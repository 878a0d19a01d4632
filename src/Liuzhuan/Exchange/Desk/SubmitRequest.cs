using System.Security.Cryptography;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Takes a request in: the file first, then its row, its clock, that the day it is due was told to the agency, and the ledger entry in one commit.</summary>
internal sealed class SubmitRequest(Permissions permissions, Grounds grounds, RequestGround standing, FactCatalogue facts, RequestFiles files, LiaisonDuty duty, KeepClock clocks, SentForms forms, TimeProvider clock)
{
    private const int IdBytes = 16;

    private static readonly string[] WrittenFields = ["fact", "ground", "cadence", "note"];

    /// <summary>What may be asked of the main register, which is the one that files are verified against.</summary>
    public IReadOnlyList<FactType> Facts(string schema) => [.. facts.All.Where(fact => fact.Schema.Id == schema && fact.Given.Count == 0)];

    /// <summary>The branch of the agency of whoever asks; null while there is no directory, and none that any ground is for where the directory does not know the agency.</summary>
    public Task<string?> BranchAsync(Actor actor, CancellationToken stop) => standing.BranchAsync(actor.Post?.Agency, stop);

    /// <summary>For what, and on which grounds, somebody may ask today.</summary>
    public IReadOnlyList<(Purpose Purpose, IReadOnlyList<Ground> Grounds)> Choices(Actor actor, string? branch) =>
        [.. permissions.PurposesOf(actor, Capabilities.SubmitRequest).Select(purpose => (purpose, grounds.Of(purpose.Id, branch))).Where(choice => choice.Item2.Count > 0)];

    /// <summary>Looks at what was chosen and written before the file is taken.</summary>
    /// <returns>The ground.</returns>
    public Result<Ground> Check(Actor actor, UploadTarget form, string? branch)
    {
        if (actor.Post is not { } post) return PermissionRefusals.Stranger;
        if (form.Field("ground").Split('/') is not [{ Length: > 0 } code, { Length: > 0 } id] || permissions.FindPurpose(code) is not { } purpose) return RequestRefusals.Ground;
        if (permissions.Decide(actor, Capabilities.SubmitRequest, new PermissionTarget(Agency: post.Agency, Purpose: code)) is { IsAllowed: false } denied) return denied.Refusal!;
        if (!grounds.Find(purpose, id, branch).Ok(out var ground, out var refusal)) return refusal;
        if (!SentForm.Of(actor, form.Field(SentForm.Field)).Ok(out _, out refusal)) return refusal;
        if (facts.Find(form.Field("fact")) is null) return RequestRefusals.Fact;
        if (Cadence.Find(form.Field("cadence")) is null) return RequestRefusals.Cadence;
        return form.Field("note").Length > RequestRefusals.LongestNote || form.Field("note").Any(char.IsControl) ? RequestRefusals.Note : ground;
    }

    /// <param name="job">The folder the file was stored in. Deleted when the same form brought the same file before: the request is then the one there is.</param>
    /// <returns>The id of the request.</returns>
    public async Task<Result<string>> RunAsync(Actor actor, UploadTarget form, string job, string name, long bytes, string language, CancellationToken stop)
    {
        if (!Check(actor, form, await BranchAsync(actor, stop)).Ok(out var ground, out var refusal)) return refusal;
        var (post, cadence, now) = (actor.Post!, Cadence.Find(form.Field("cadence"))!, Instants.Whole(clock.GetUtcNow()));
        var day = ChinaTime.DayOf(now);
        if (!ClockRules.Shipped.Find(cadence.Rule, day).Ok(out var rule, out refusal)) return refusal;
        var (id, digest) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), await DigestAsync(job, name, stop));
        if (!SentForm.Of(actor, form.Field(SentForm.Field), ["request", .. WrittenFields.Select(form.Field), name, digest]).Ok(out var sent, out refusal)) return refusal;
        if (await forms.FindAsync(sent, stop) is { } before) return Again(before, job);
        files.Desk.Hold(job, name, bytes, language);

        var answers = await duty.OfAsync(post, day, stop);
        var start = new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Start, Day = day, Time = ChinaTime.TimeOf(now), Provision = rule.Provision, Author = actor.Id };
        var (fact, purpose, provision) = (form.Field("fact"), ground.Purpose, ground.Name.Zh);
        var matter = new ClockMatter(
            new { request = id, act = "submit", fact, purpose, ground = ground.Id, provision, cadence = cadence.Code, office = post.Office, agency = post.Agency, division = post.Division, input = digest, bytes },
            new Statement("""
                insert into exchange_requests (id, state, office, office_name, agency, agency_name, division, level, liaison_office, submitted_by, submitted_at, fact, purpose, ground, provision, cadence, note, file_name, bytes, sha256, job)
                values (@id, 'submitted', @office, @office_name, @agency, @agency_name, @division, @level, @liaison, @by, @now, @fact, @purpose, @ground, @provision, @cadence, @note, @name, @bytes, @sha256, @job)
                """,
                ("id", id), ("office", post.Office), ("office_name", post.OfficeName), ("agency", post.Agency), ("agency_name", post.AgencyName), ("division", post.Division), ("level", $"{post.Level}".ToLowerInvariant()), ("liaison", answers),
                ("by", actor.Id), ("now", now), ("fact", fact), ("purpose", purpose), ("ground", ground.Id), ("provision", provision), ("cadence", cadence.Code), ("note", form.Field("note")), ("name", name), ("bytes", bytes), ("sha256", digest), ("job", job)),
            forms.Done(sent, id));
        // A browser that sends the form once more gives the first sending up. Once it may be written it is seen through, and the file stays whatever happens.
        form.IsTaken = true;
        if ((await clocks.StartToldAsync($"request/{id}", post.Division, rule, start, LiaisonDuty.HolderOf(answers), matter, CancellationToken.None)).Ok(out _, out refusal)) return id;
        var other = await forms.FindAsync(sent, CancellationToken.None);
        form.IsTaken = false;
        return other is not null ? Again(other, job) : refusal;
    }

    private string Again(DoneForm done, string job)
    {
        files.Store.Delete(job);
        return done.Result;
    }

    private async Task<string> DigestAsync(string job, string name, CancellationToken stop)
    {
        await using var file = File.OpenRead(files.Store.InputPath(job, name));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }
}

/// <summary>The form of a new request: its file is kept until a liaison asks for its verification.</summary>
/// <param name="branch">Of the agency that asks; see <see cref="SubmitRequest.BranchAsync"/>.</param>
internal sealed class RequestTarget(SubmitRequest submit, RequestFiles files, Actor actor, string? branch, string language) : UploadTarget
{
    public override JobStore Store => files.Store;

    public override Refusal? Admit() => submit.Check(actor, this, branch).Ok(out _, out var refusal) ? null : refusal;

    public override Task<Result<string>> TakeAsync(string job, string name, long bytes, CancellationToken stop) => submit.RunAsync(actor, this, job, name, bytes, language, stop);
}
