namespace Liuzhuan.Directories.Contract;

/// <summary>From when to when something is in force; null for no limit.</summary>
/// <param name="To">The first day on which it no longer is.</param>
internal readonly record struct Term(DateOnly? From, DateOnly? To)
{
    public bool Covers(DateOnly day) => (From is not { } from || from <= day) && (To is not { } to || day < to);
}
