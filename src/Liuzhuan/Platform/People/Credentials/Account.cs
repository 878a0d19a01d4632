namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Somebody as the framework's identity types see them.</summary>
/// <param name="Id">As <see cref="Actor.Id"/>.</param>
internal sealed record Account(string Id, string Name);
