using Liuzhuan.Matching.Values;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>Asks the population register whether a number and a name belong together. Platform knows no register, so who answers questions implements it.</summary>
internal interface IPersonCheck
{
    /// <summary>The number, when a person of this number and name is registered; null when not, or when it cannot be decided.</summary>
    /// <param name="asker">The officer who will learn the answer: it is then logged as their question, and the person will see it. Null where nobody is told.</param>
    Task<CitizenNumber?> ConfirmAsync(string number, string name, Actor? asker, CancellationToken stop);
}
