namespace Liuzhuan.Matching.Values;

/// <summary>The registered key kinds, by name.</summary>
public static class KeyKinds
{
    private static readonly Dictionary<string, IKeyKind> Kinds = ByName(new CitizenNumberKey(), new CreditCodeKey(), new TextKey());

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <exception cref="ArgumentException">No such kind; the message lists those there are.</exception>
    public static IKeyKind Get(string name) => Kinds.TryGetValue(name, out var kind)
        ? kind
        : throw new ArgumentException($"There is no key kind \"{name}\". There are: {string.Join(", ", Kinds.Keys)}.", nameof(name));

    private static Dictionary<string, IKeyKind> ByName(params IKeyKind[] kinds)
    {
        var byName = new Dictionary<string, IKeyKind>(StringComparer.Ordinal);
        foreach (var kind in kinds) byName.Add(kind.Name, kind);
        return byName;
    }

    /// <summary>Citizen numbers.</summary>
    private sealed class CitizenNumberKey : IKeyKind
    {
        public string Name => "citizen_number";

        public bool Packs => true;

        public Reasons Read(ReadOnlySpan<char> cell, in KeyContext context, out string canonical, out Notes notes)
        {
            var failure = CitizenNumber.Read(cell, context, out var number, out notes);
            canonical = failure == Reasons.None ? number.ToString() : "";
            return failure;
        }

        public ulong Pack(string canonical) => CitizenNumber.Pack(canonical).Packed;

        public string Unpack(ulong packed) => new CitizenNumber(packed).ToString();
    }

    /// <summary>Unified social credit codes of organisations.</summary>
    private sealed class CreditCodeKey : IKeyKind
    {
        public string Name => "credit_code";

        public bool Packs => false;

        public Reasons Read(ReadOnlySpan<char> cell, in KeyContext context, out string canonical, out Notes notes) =>
            CreditCode.Read(cell, out canonical, out notes);

        public ulong Pack(string canonical) => throw new NotSupportedException("A credit code does not pack.");

        public string Unpack(ulong packed) => throw new NotSupportedException("A credit code does not pack.");
    }

    /// <summary>Any identifier of up to 64 characters: the number of a certificate, a contract, a plot.</summary>
    private sealed class TextKey : IKeyKind
    {
        private const int Longest = 64;

        public string Name => "text";

        public bool Packs => false;

        public Reasons Read(ReadOnlySpan<char> cell, in KeyContext context, out string canonical, out Notes notes)
        {
            canonical = "";
            notes = Notes.None;
            Span<char> buffer = stackalloc char[Longest];
            var length = TextFolding.FoldIdentifier(cell, keepDashes: true, buffer);
            if (length == 0) return Reasons.NumberMissing;
            var folded = buffer[..Math.Min(length, Longest)];
            if (folded.Contains('+') && CitizenNumberText.IsRoundedNumber(folded)) return Reasons.NumberDamagedBySpreadsheet;
            foreach (var unit in folded)
            {
                if (unit == '\uFFFD' || char.IsControl(unit)) return Reasons.NumberCharacters;
            }

            if (length > Longest) return Reasons.NumberLength;
            canonical = new string(folded);
            if (!cell.SequenceEqual(folded)) notes = Notes.NormalisedNumber;
            return Reasons.None;
        }

        public ulong Pack(string canonical) => throw new NotSupportedException("A text key does not pack.");

        public string Unpack(ulong packed) => throw new NotSupportedException("A text key does not pack.");
    }
}
