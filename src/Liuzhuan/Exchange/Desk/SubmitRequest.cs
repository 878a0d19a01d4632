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

/// <summary>Takes a request in: the file first, then its row, its clock and the ledger entry in one commit. The day it is due is told to the agency.</summary>
internal sealed class SubmitRequest(Permissions permissions, FactCatalogue facts, RequestFiles files, LiaisonDuty duty, KeepClock clocks, SentForms forms, TimeProvider clock)
{
    private const int IdBytes = 16;

    private static readonly string[] WrittenFields = ["fact", "purpose", "provision", "cadence", "note"];

    /// <summary>What may be asked of the main register, which is the one that files are verified against.</summary>
    public IReadOnlyList<FactType> Facts(string schema) => [.. facts.All.Where(fact => fact.Schema.Id == schema && fact.Given.Count == 0)];

    /// <summary>Looks at what was written before the file is taken; null when it is well.</summary>
    public Refusal? Check(Actor actor, UploadTarget form)
    {
        if (actor.Post is not { } post) return PermissionRefusals.Stranger;
        if (permissions.Decide(actor, Capabilities.SubmitRequest, new PermissionTarget(Agency: post.Agency, Purpose: form.Field("purpose"))) is { IsAllowed: false } denied) return denied.Refusal;
        if (facts.Find(form.Field("fact")) is null) return RequestRefusals.Fact;
        if (Cadence.Find(form.Field("cadence")) is null) return RequestRefusals.Cadence;
        if (form.Field("provision").Length is 0 or > RequestRefusals.LongestProvision || form.Field("provision").Any(char.IsControl)) return RequestRefusals.Provision;
        if (LedgerWords.Check(form.Field("provision")) is { } named) return named;
        return form.Field("note").Length > RequestRefusals.LongestNote ? RequestRefusals.Note : null;
    }

    /// <param name="job">The folder the file was stored in. Deleted when the same form brought the same file before: the request is then the one there is.</param>
    /// <returns>The id of the request.</returns>
    public async Task<Result<string>> RunAsync(Actor actor, UploadTarget form, string job, string name, long bytes, string language, CancellationToken stop)
    {
        if (Check(actor, form) is { } refused) return refused;
        var (post, cadence, now) = (actor.Post!, Cadence.Find(form.Field("cadence"))!, Instants.Whole(clock.GetUtcNow()));
        var day = ChinaTime.DayOf(now);
        if (!ClockRules.Shipped.Find(cadence.Rule, day).Ok(out var rule, out var refusal)) return refusal;
        var (id, digest) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), await DigestAsync(job, name, stop));
        if (!SentForm.Of(actor, form.Field(SentForm.Field), ["request", .. WrittenFields.Select(form.Field), name, digest]).Ok(out var sent, out refusal)) return refusal;
        if (await forms.FindAsync(sent, stop) is { } before) return Again(before, job);
        files.Desk.Hold(job, name, bytes, language);

        var answers = await duty.OfAsync(post, day, stop);
        var start = new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Start, Day = day, Time = ChinaTime.TimeOf(now), Provision = rule.Provision, Author = actor.Id };
        var (fact, purpose, provision) = (form.Field("fact"), form.Field("purpose"), form.Field("provision"));
        var matter = new ClockMatter(
            new { request = id, act = "submit", fact, purpose, provision, cadence = cadence.Code, office = post.Office, agency = post.Agency, division = post.Division, input = digest, bytes },
            new Statement("""
                insert into exchange_requests (id, state, office, office_name, agency, agency_name, division, level, liaison_office, submitted_by, submitted_at, fact, purpose, provision, cadence, note, file_name, bytes, sha256, job)
                values (@id, 'submitted', @office, @office_name, @agency, @agency_name, @division, @level, @liaison, @by, @now, @fact, @purpose, @provision, @cadence, @note, @name, @bytes, @sha256, @job)
                """,
                ("id", id), ("office", post.Office), ("office_name", post.OfficeName), ("agency", post.Agency), ("agency_name", post.AgencyName), ("division", post.Division), ("level", $"{post.Level}".ToLowerInvariant()), ("liaison", answers),
                ("by", actor.Id), ("now", now), ("fact", fact), ("purpose", purpose), ("provision", provision), ("cadence", cadence.Code), ("note", form.Field("note")), ("name", name), ("bytes", bytes), ("sha256", digest), ("job", job)),
            forms.Done(sent, id));
        if (!(await clocks.StartAsync($"request/{id}", post.Division, rule, start, LiaisonDuty.HolderOf(answers), matter, stop)).Ok(out var reading, out refusal))
            return await forms.FindAsync(sent, stop) is { } other ? Again(other, job) : refusal;
        if (reading.Due is { } due)
            await clocks.RecordAsync($"request/{id}", new ClockEntry { Id = Guid.CreateVersion7(now), Act = ClockAct.Tell, Day = due, Provision = rule.Provision, Author = actor.Id }, stop);
        return id;
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
internal sealed class RequestTarget(SubmitRequest submit, RequestFiles files, Actor actor, string language) : UploadTarget
{
    public override JobStore Store => files.Store;

    public override Refusal? Admit() => submit.Check(actor, this);

    public override Task<Result<string>> TakeAsync(string job, string name, long bytes, CancellationToken stop) => submit.RunAsync(actor, this, job, name, bytes, language, stop);
}
