using Liuzhuan.Matching.Values.Comparers;

namespace Liuzhuan.Matching.Values;

/// <summary>The registered comparers, by name.</summary>
public static class FieldComparers
{
    private static readonly Dictionary<string, IFieldComparer> Comparers = new IFieldComparer[]
    {
        new NameComparer(), new SexComparer(), new DateComparer(), new EthnicityComparer(), new DivisionComparer(), new FamilyRelationComparer(),
        new CodeComparer(), new TextComparer(), new KeyComparer("citizen_number"), new KeyComparer("credit_code"), new StoredOnlyComparer(),
    }.ToDictionary(comparer => comparer.Name);

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => Comparers.Keys;

    /// <exception cref="ArgumentException">No such comparer; the message lists those there are.</exception>
    public static IFieldComparer Get(string name) => Comparers.TryGetValue(name, out var comparer)
        ? comparer
        : throw new ArgumentException($"There is no comparer \"{name}\". There are: {string.Join(", ", Comparers.Keys)}.", nameof(name));
}
