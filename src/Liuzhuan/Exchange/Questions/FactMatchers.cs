using System.Collections.Concurrent;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Keeps matchers ready for single questions: one is taken, asked and put back. Those of an older state of a register are let go.</summary>
internal sealed class FactMatchers(RegisterShelf shelf)
{
    private readonly ConcurrentDictionary<Kind, Bench> _benches = new();

    /// <summary>Asks one fact. <paramref name="number"/> and <paramref name="name"/> are the person's; <paramref name="values"/> hold what else the question gives.</summary>
    /// <returns>Null when this service has no register for the fact.</returns>
    public FactAnswer? Ask(FactType fact, AccessGrant grant, string number, string? name, IReadOnlyDictionary<string, string> values) =>
        Ask(fact, new DisclosurePolicy(Allowed(fact, grant), DisclosurePolicy.Full.Notes, grant.AnswerSuperseded), number, name, values) is { } found ? new FactAnswer(fact, found.Core, found.Register, found.AsOf, grant, found.People) : null;

    /// <summary>Asks one fact under a policy that did not come from the access list.</summary>
    /// <returns>Null when this service has no register for the fact.</returns>
    public RegisterAnswer? Ask(FactType fact, DisclosurePolicy policy, string number, string? name, IReadOnlyDictionary<string, string> values)
    {
        if (shelf.Find(fact.Schema.Id) is not { } register) return null;
        var asked = Bits(fact, values);
        var bench = BenchOf(new Kind(fact.Id, asked, policy), register, fact.Schema);
        var seat = bench.Take();
        var schema = fact.Schema;
        var cells = new string?[schema.Keys.Count + System.Numerics.BitOperations.PopCount(asked)];
        var slot = 0;
        foreach (var key in schema.Keys) cells[slot++] = key.Name == fact.Number ? number : values.GetValueOrDefault(key.Name);
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if ((asked >> i & 1) != 0) cells[slot++] = schema.Fields[i].Name == fact.Name ? name : values.GetValueOrDefault(schema.Fields[i].Name);
        }

        seat.Touched.Clear();
        var core = seat.Matcher.Ask(cells, out _);
        var people = seat.Touched.Numbers.ToArray();
        bench.PutBack(seat);
        return new RegisterAnswer(core, bench.Register.Digest, bench.Register.AsOf, people);
    }

    // The name is always asked where the register has one: who leaves it out gets name_missing, not a guess.
    private static uint Bits(FactType fact, IReadOnlyDictionary<string, string> values)
    {
        uint bits = 0;
        for (var i = 0; i < fact.Schema.Fields.Count; i++)
        {
            var name = fact.Schema.Fields[i].Name;
            if (name == fact.Name || (fact.Compared.Contains(name) && values.ContainsKey(name))) bits |= 1u << i;
        }

        return bits;
    }

    private static uint Allowed(FactType fact, AccessGrant grant)
    {
        uint bits = 0;
        for (var i = 0; i < fact.Schema.Fields.Count; i++)
        {
            if (grant.Fields.Contains(fact.Schema.Fields[i].Name)) bits |= 1u << i;
        }

        return bits;
    }

    private Bench BenchOf(Kind kind, Register register, RegisterSchema schema)
    {
        var bench = _benches.GetValueOrDefault(kind);
        if (bench is not null && ReferenceEquals(bench.State, register.State)) return bench;
        var fields = new int[schema.Fields.Count];
        var column = schema.Keys.Count;
        for (var i = 0; i < fields.Length; i++) fields[i] = (kind.Asked >> i & 1) != 0 ? column++ : -1;
        var plan = new QuestionPlan(schema, [.. Enumerable.Range(0, schema.Keys.Count)], fields);
        return _benches[kind] = new Bench(register.Pin(), plan, kind.Policy);
    }

    private readonly record struct Kind(string Fact, uint Asked, DisclosurePolicy Policy);

    /// <summary>Matchers of one kind over one state of a register.</summary>
    private sealed class Bench(Register register, QuestionPlan plan, DisclosurePolicy policy)
    {
        private readonly ConcurrentBag<Seat> _idle = [];

        public Register Register { get; } = register;

        public object State { get; } = register.State;

        public Seat Take()
        {
            if (_idle.TryTake(out var seat)) return seat;
            var touched = new TouchedNumbers();
            return new Seat(new Matcher(Register, plan, policy, touched), touched);
        }

        public void PutBack(Seat seat) => _idle.Add(seat);
    }

    private sealed record Seat(Matcher Matcher, TouchedNumbers Touched);
}
