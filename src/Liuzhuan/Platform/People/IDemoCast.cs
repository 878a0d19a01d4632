using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People;

/// <summary>Whom a demonstration lets one sign in as with a button. Asked in demo mode only.</summary>
internal interface IDemoCast
{
    Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken stop);
}

/// <summary>Somebody of a demonstration.</summary>
/// <param name="Id">As <see cref="Actor.Id"/>.</param>
/// <param name="Role">What they do, as a heading above everybody who does it.</param>
/// <param name="Title">What one can try as them.</param>
internal sealed record DemoPerson(string Id, string Name, Text Role, Text Title, string? OfficeName);
