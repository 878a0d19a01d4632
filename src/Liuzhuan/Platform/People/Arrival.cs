using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Platform.People;

/// <summary>Where somebody goes after signing in.</summary>
internal sealed class Arrival(Permissions.Permissions permissions, IEnumerable<MenuEntry> menu)
{
    private const string Own = "/me";

    /// <summary>Where they wanted to go; else the first place that their role opens to them.</summary>
    public string Of(Actor actor, string? wanted) => ReturnPath.Of(wanted) ?? Places(actor).FirstOrDefault(entry => entry.Capability is not null)?.Path ?? Own;

    /// <summary>What the head of a page names: to a stranger everything open, to others the places of their work.</summary>
    public IEnumerable<MenuEntry> Work(Actor? actor) => Places(actor).Where(entry => actor is null || entry.Capability is not null);

    /// <summary>What the foot names, to those who are signed in: what is open to all.</summary>
    public IEnumerable<MenuEntry> Aside(Actor? actor) => Places(actor).Where(entry => entry.Capability is null);

    /// <summary>The places that somebody may go to, or that are open to all, in order.</summary>
    public IEnumerable<MenuEntry> Places(Actor? actor) => menu.Where(entry => entry.Capability is null || permissions.Decide(actor, entry.Capability).IsAllowed).OrderBy(entry => entry.Order);
}
