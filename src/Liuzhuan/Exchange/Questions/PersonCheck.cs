using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Registers.Contract;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Real-name sign-in: whether number and name belong together, as the engine says.</summary>
internal sealed class PersonCheck(FactCatalogue facts, FactMatchers matchers, Permissions permissions, AccessRecorder accesses, WatchRecorder watch, AppendEntry append, TimeProvider clock) : IPersonCheck
{
    private const string Fact = "identity", AtTheWindow = "public-service";

    // Longer texts are no number and no name.
    private const int LongestNumber = 40, LongestName = 100;

    public async Task<CitizenNumber?> ConfirmAsync(string number, string name, Actor? asker, CancellationToken stop)
    {
        if (number.Length > LongestNumber || name.Length is 0 or > LongestName || facts.Find(Fact) is not { } fact) return null;
        if (matchers.Ask(fact, DisclosurePolicy.Full, number, name, new Dictionary<string, string>()) is not { } found) return null;
        // Whoever is told leaves a trace before they are, and it counts like every look of theirs at a person.
        if (asker is { Post: { } post })
        {
            if (permissions.FindPurpose(AtTheWindow) is not { } purpose || !purpose.IsInForce(ChinaTime.DayOf(clock.GetUtcNow()))) return null;
            PersonKey[] people = [.. found.People.Select(packed => new PersonKey(PersonKey.CitizenNumberKind, packed))];
            var access = accesses.For(new AccessEvent { Agency = post.OfficeName, Purpose = purpose.Id, Provision = purpose.Provision, Fact = Fact }, people);
            var isFound = found.Core.Verdict is not (Verdict.NotInRegister or Verdict.Invalid);
            var look = await watch.ForPersonAsync(new WatchedOfficer(asker.Id, post.Office, post.Division), purpose.Id, people is [var one, ..] ? one : null, isFound, stop);
            var detail = LedgerDetail.Of(new { purpose = purpose.Id, provision = purpose.Provision, office = post.Office, facts = new[] { new { fact = Fact, register = found.Register } }, act = "assist" });
            if (await append(new NewEntry("question", asker.Id, detail) { Companions = [access, look] }, stop) is null) throw new InvalidOperationException("The ledger refused to log a question.");
        }

        if (found.Core.Verdict != Verdict.Consistent) return null;
        return CitizenNumber.Read(number, new KeyContext(ChinaTime.DayOf(clock.GetUtcNow()), NumberRules.Default), out var read, out _) == Reasons.None ? read : null;
    }
}
