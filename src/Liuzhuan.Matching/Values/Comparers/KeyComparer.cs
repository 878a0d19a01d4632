namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>A number of some key kind that is a field, not the key: the number of a spouse, the code of an owner.</summary>
internal sealed class KeyComparer(string kind) : IFieldComparer
{
    private readonly IKeyKind key = KeyKinds.Get(kind);

    public string Name => kind;

    public FieldStorage Storage => FieldStorage.Text;

    public bool AreVariants(string asked, string stored) => false;

    public bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        var reading = Read(cell);
        canonical = reading.Canonical;
        return reading.Kind != ReadingKind.Unreadable;
    }

    public FieldReading Read(ReadOnlySpan<char> cell) =>
        key.Read(cell, new KeyContext(DateOnly.MaxValue, NumberRules.Default), out var canonical, out _) switch
        {
            Reasons.None => new FieldReading(ReadingKind.Value, canonical, !cell.SequenceEqual(canonical)),
            Reasons.NumberMissing => FieldReading.Empty,
            _ => FieldReading.Unreadable,
        };
}
