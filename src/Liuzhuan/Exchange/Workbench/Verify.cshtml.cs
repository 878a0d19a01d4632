using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>The window: one person, one verdict, from the keyboard alone. Nothing of a person stands in the address, and nothing stays when the next one comes.</summary>
[Authorize(Policy = Policies.CanVerifyPerson), FreshProof]
internal sealed class VerifyModel(CurrentActor current, Permissions permissions, VerifyPerson verify, PageLanguage language) : PageModel
{
    public static Guide Guide { get; } = new("window", WorkbenchTexts.GuidePurpose, WorkbenchTexts.GuideKeys, WorkbenchTexts.GuideVerdict);

    public IReadOnlyList<Purpose> Purposes { get; private set; } = [];

    public PersonQuestion Question { get; private set; } = new();

    public PersonVerdict? Verdict { get; private set; }

    /// <summary>Cause and remedy in the reader's language; null while there is no verdict.</summary>
    public AnswerWords? Words { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>What the form shows: the person again where something has to be mended, and nobody after a verdict that ends the matter.</summary>
    public PersonQuestion Form => Verdict is { Core.Verdict: Matching.Verdict.Consistent } ? new PersonQuestion { Purpose = Question.Purpose } : Question;

    public void OnGet(string? purpose)
    {
        Purposes = permissions.PurposesOf(current.Actor, Capabilities.VerifyPerson);
        Question = new PersonQuestion { Purpose = Purposes.Any(one => one.Id == purpose) ? purpose! : Purposes is [var first, ..] ? first.Id : "" };
    }

    public async Task<IActionResult> OnPostAsync(string? form, string? purpose, string? number, string? name, CancellationToken stop)
    {
        Purposes = permissions.PurposesOf(current.Actor, Capabilities.VerifyPerson);
        var values = PersonQuestion.Optional.Select(field => (field, Value: (Request.Form[field] is [var value] ? value : null)?.Trim() ?? "")).Where(pair => pair.Value.Length > 0);
        Question = new PersonQuestion { Purpose = purpose ?? "", Number = number?.Trim() ?? "", Name = name?.Trim() ?? "", Values = values.ToDictionary(pair => pair.field, pair => pair.Value) };
        if (FormOf(form).Ok(out var sent, out var refusal) && (await verify.RunAsync(current.Actor!, Question, sent, stop)).Ok(out var verdict, out refusal))
        {
            (Verdict, Words) = (verdict, new AnswerPhrases(verdict.Fact.Schema, language.Language).Describe(verdict.Core, null));
            return Page();
        }

        Refusal = refusal;
        Response.StatusCode = refusal!.Status;
        return Page();
    }

    private Result<SentForm> FormOf(string? id) =>
        SentForm.Of(current.Actor!, id, ["verify", Question.Purpose, Question.Number, Question.Name, .. PersonQuestion.Optional.Select(field => Question.Values.GetValueOrDefault(field))]);
}
