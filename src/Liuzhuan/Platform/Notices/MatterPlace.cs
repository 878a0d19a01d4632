using Liuzhuan.Platform.People;

namespace Liuzhuan.Platform.Notices;

/// <summary>Where a matter is shown. Each capability adds its own, so that a message can lead there.</summary>
/// <param name="Prefix">Of the matters it shows, for example <c>clock/</c>.</param>
/// <param name="Path">Of the page; the rest of the matter's name follows.</param>
/// <param name="Capability">What one must be permitted to see it.</param>
internal sealed record MatterPlace(string Prefix, string Path, string Capability);

/// <summary>Finds the page of a matter that says most of it, for those who may see it.</summary>
internal sealed class MatterPlaces(IEnumerable<MatterPlace> places, Permissions.Permissions permissions)
{
    /// <summary>Null where there is no page, or not for this reader.</summary>
    public string? Find(string? matter, Actor reader) =>
        matter is not null && places.Where(place => matter.StartsWith(place.Prefix, StringComparison.Ordinal) && permissions.Decide(reader, place.Capability).IsAllowed).MaxBy(place => place.Prefix.Length) is { } place
            ? place.Path + string.Join('/', matter[place.Prefix.Length..].Split('/').Select(Uri.EscapeDataString))
            : null;
}
