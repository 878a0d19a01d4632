using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Objections;

/// <summary>All numbers of a person that the register links: the one they signed in with, and the one that replaced it.</summary>
internal sealed class OwnNumbers(FactCatalogue facts, FactMatchers matchers)
{
    private const string Identity = "identity";

    public IReadOnlyList<PersonKey> Of(PersonKey person)
    {
        if (person.Kind != PersonKey.CitizenNumberKind || facts.Find(Identity) is not { } fact) return [person];
        // Whom a question touches is what tells; nothing is compared.
        var answer = matchers.Ask(fact, new DisclosurePolicy(0, Notes.None, AnswerSuperseded: true), new CitizenNumber(person.Packed).ToString(), null, new Dictionary<string, string>());
        return [.. (answer?.People ?? []).Select(number => new PersonKey(PersonKey.CitizenNumberKind, number)).Prepend(person).Distinct()];
    }
}
