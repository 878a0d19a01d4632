using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Real-name sign-in: whether number and name belong together, as the engine says.</summary>
internal sealed class PersonCheck(FactCatalogue facts, FactMatchers matchers, AccessRecorder accesses, AppendEntry append, TimeProvider clock) : IPersonCheck
{
    private const string Fact = "identity", Purpose = "public-service", Provision = "政务数据共享条例第二条";

    // Longer texts are no number and no name.
    private const int LongestNumber = 40, LongestName = 100;

    public async Task<CitizenNumber?> ConfirmAsync(string number, string name, Actor? asker, CancellationToken stop)
    {
        if (number.Length > LongestNumber || name.Length is 0 or > LongestName || facts.Find(Fact) is not { } fact) return null;
        if (matchers.Ask(fact, DisclosurePolicy.Full, number, name, new Dictionary<string, string>()) is not { } found) return null;
        // Whoever is told leaves a trace before they are.
        if (asker is { Post: { } post })
        {
            var companion = accesses.For(new AccessEvent { Agency = post.OfficeName, Purpose = Purpose, Provision = Provision, Fact = Fact }, [.. found.People.Select(packed => new PersonKey(PersonKey.CitizenNumberKind, packed))]);
            await append(new NewEntry("question", asker.Id, LedgerDetail.Of(new { purpose = Purpose, provision = Provision, office = post.Office, facts = new[] { new { fact = Fact, register = found.Register } }, act = "assist" })) { Companions = [companion] }, stop);
        }

        if (found.Core.Verdict != Verdict.Consistent) return null;
        return CitizenNumber.Read(number, new KeyContext(ChinaTime.DayOf(clock.GetUtcNow()), NumberRules.Default), out var read, out _) == Reasons.None ? read : null;
    }
}
