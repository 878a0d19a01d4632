using Liuzhuan.Matching.Values;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>What identifies a person.</summary>
/// <param name="Kind">1 for a citizen number (GB 11643). Part of what the pseudonym is made from, so its meaning never changes.</param>
/// <param name="Packed">The number in the packed form of its kind.</param>
internal readonly record struct PersonKey(byte Kind, ulong Packed)
{
    public const byte CitizenNumberKind = 1;

    public static PersonKey Of(CitizenNumber number) => new(CitizenNumberKind, number.Packed);

    /// <summary>Names no one, whoever prints it.</summary>
    public override string ToString() => $"person of kind {Kind}";
}
