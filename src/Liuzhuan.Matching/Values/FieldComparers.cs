namespace Liuzhuan.Matching.Values;

/// <summary>The registered comparers, by name.</summary>
public static class FieldComparers
{
    /// <exception cref="ArgumentException">No such comparer; the message lists those there are.</exception>
    public static IFieldComparer Get(string name) => throw new NotSupportedException("values");
}

/// <summary>The registered key kinds, by name.</summary>
public static class KeyKinds
{
    /// <exception cref="ArgumentException">No such kind; the message lists those there are.</exception>
    public static IKeyKind Get(string name) => throw new NotSupportedException("values");
}
