using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Telemetry;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>One person at the counter: permission first, then the register, then the ledger, and only then the answer. The person reads who asked, for what and on which article.</summary>
internal sealed class VerifyPerson(Permissions permissions, FactCatalogue facts, FactMatchers matchers, AccessRecorder accesses, WatchRecorder watch, Ledger ledger, AppendEntry append, SentForms forms, ApiOptions options, TimeProvider clock)
{
    private const string Identity = "identity", ResidenceFact = "residence";

    // Long enough for a reload and a second press; a later look is to be a look.
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(10);

    public static readonly Refusal TooLong = new("desk.too-long",
        $"有一项内容过长（至多 {PersonQuestion.LongestValue} 个字符），没有核验。请对照证件重新填写。",
        $"A value is too long (at most {PersonQuestion.LongestValue} characters), so nothing was verified. Fill it in again from the document.");

    private static readonly Refusal NoRegister = new("desk.no-register",
        "本服务没有接入人口登记库，不能核验个人。请联系管理员。",
        "This service holds no population register, so people cannot be verified. Tell the administrator.", StatusCodes.Status503ServiceUnavailable);

    /// <param name="form">Which form asked: sent again, it brings back its answer for a short while, and nobody is looked up a second time.</param>
    public async Task<Result<PersonVerdict>> RunAsync(Actor actor, PersonQuestion question, SentForm form, CancellationToken stop)
    {
        if (question.IsTooLong) return TooLong;
        if (Fact(question) is not { } fact || actor.Post is not { } post) return NoRegister;
        if (!DeskTerms.Of(permissions, actor, Capabilities.VerifyPerson, question.Purpose, fact.Schema).Ok(out var terms, out var refusal))
        {
            await DeniedAsync(actor, question, refusal);
            return refusal;
        }

        if (question.Values.Keys.Except(terms.Fields).ToList() is { Count: > 0 } beyond) return NotForThis(beyond, terms.Purpose);
        if (await forms.FindAsync(form, stop) is { } before) return await AgainAsync(actor, before, fact, terms, question, stop);
        if (matchers.Ask(fact, terms.Policy, question.Number, question.Name, question.Values) is not { } found) return NoRegister;

        var (now, salt) = (clock.GetUtcNow(), QuestionTrace.NewSalt());
        var asked = LedgerDetail.Of(new { purpose = question.Purpose, person = new { number = question.Number, name = question.Name }, values = question.Values });
        var answer = LedgerDetail.Of(new { question = QuestionTrace.Digest(salt, asked), verdict = found.Core.Verdict.Code(), differing = found.Core.DifferingFields(fact.Schema), notes = found.Core.NoteColumn(fact.Schema), register = found.Register, asOf = found.AsOf.UtcDateTime });
        var detail = new
        {
            purpose = terms.Purpose.Id, provision = terms.Purpose.Provision, rule = terms.Rule, office = post.Office, agency = post.Agency, division = post.Division,
            facts = new[] { new { fact = fact.Id, register = found.Register } }, question = QuestionTrace.Digest(salt, asked), answer = QuestionTrace.Digest(salt, answer),
        };
        PersonKey[] people = [.. found.People.Select(number => new PersonKey(PersonKey.CitizenNumberKind, number))];
        var isFound = found.Core.Verdict is not (Verdict.NotInRegister or Verdict.Invalid);
        var look = await watch.ForPersonAsync(new WatchedOfficer(actor.Id, post.Office, post.Division), terms.Purpose.Id, people.Length > 0 ? people[0] : null, isFound, stop);
        var entry = new NewEntry("question", actor.Id, LedgerDetail.Of(detail))
        {
            Payload = QuestionTrace.Payload(salt, asked, answer),
            ErasePayloadAfter = now + options.KeepPayloads,
            Companions = [accesses.For(new AccessEvent { Agency = post.OfficeName, Purpose = terms.Purpose.Id, Provision = terms.Purpose.Provision, Fact = fact.Id }, people), look, StatementCompanion.Of(forms.Done(form, AskedForm.Write(found.Core, found.AsOf)))],
        };

        // Once the entry is on its way the browser's going away must not leave it half known.
        if (await append(entry, CancellationToken.None) is not { } receipt)
            return await forms.FindAsync(form, stop) is { } other ? await AgainAsync(actor, other, fact, terms, question, stop) : throw new InvalidOperationException("The ledger refused to log a question.");
        Meters.Answered(fact.Id, found.Core.Verdict.Code());
        return new PersonVerdict(fact, found.Core, Compared(fact, terms, question, found.Core), found.AsOf, terms, ledger.Key.Name, receipt.Position, receipt.At, IsRepeat: false);
    }

    // Nobody is looked up a second time, but the answer is told a second time: that is logged before it is.
    private async Task<Result<PersonVerdict>> AgainAsync(Actor actor, DoneForm done, FactType fact, DeskTerms terms, PersonQuestion question, CancellationToken stop)
    {
        if (clock.GetUtcNow() - done.At > ShownFor) return AskedForm.Long(done);
        var shown = new NewEntry("disclosure", actor.Id, LedgerDetail.Of(new { disclosed = "verdict", again = done.Position }));
        if (await append(shown, stop) is null) throw new InvalidOperationException("The ledger refused to log that a verdict is shown again.");
        var (core, asOf) = AskedForm.Read(done.Result);
        return new PersonVerdict(fact, core, Compared(fact, terms, question, core), asOf, terms, ledger.Key.Name, done.Position, done.At, IsRepeat: true);
    }

    // The fields that a window may ask are those of two facts about one record; where the residence is asked, both are named.
    private FactType? Fact(PersonQuestion question)
    {
        if (facts.Find(Identity) is not { } identity || facts.Find(ResidenceFact) is not { } residence) return null;
        var asksResidence = question.Values.ContainsKey(DeskTerms.Residence);
        return identity with { Id = asksResidence ? $"{Identity},{ResidenceFact}" : Identity, Compared = [.. identity.Compared.Union(residence.Compared)] };
    }

    private static IReadOnlyList<string> Compared(FactType fact, DeskTerms terms, PersonQuestion question, AnswerCore core)
    {
        if (core.Verdict is Verdict.NotInRegister or Verdict.Invalid || core.Reasons.HasFlag(Reasons.BeyondJurisdiction)) return [];
        var asked = question.Values.Keys.Append(fact.Name ?? "").ToHashSet();
        return [.. fact.Schema.Fields.Where((field, i) => asked.Contains(field.Name) && terms.Fields.Contains(field.Name) && (core.NotCompared >> i & 1) == 0).Select(field => field.Name)];
    }

    // That somebody asked for what they may not is a decision, and leaves a trace like every other.
    private Task<LedgerReceipt?> DeniedAsync(Actor actor, PersonQuestion question, Refusal refusal) => append(
        new NewEntry("decision", actor.Id, LedgerDetail.Of(new { denied = refusal.Code, capability = Capabilities.VerifyPerson, purpose = permissions.FindPurpose(question.Purpose)?.Id })), CancellationToken.None);

    private static Refusal NotForThis(IReadOnlyList<string> fields, Purpose purpose) => new("desk.field-not-for-purpose",
        $"“{purpose.Name.Zh}”不能比对：{string.Join("、", fields.Select(field => WorkbenchTexts.Field(field).Zh))}。请清空这些项后重试，或者选择与手头工作相符的用途。",
        $"\"{purpose.Name.En}\" does not allow comparing: {string.Join(", ", fields.Select(field => WorkbenchTexts.Field(field).En))}. Empty these and try again, or choose the purpose that fits the work at hand.", StatusCodes.Status403Forbidden);
}
