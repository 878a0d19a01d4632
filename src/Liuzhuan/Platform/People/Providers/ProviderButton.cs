using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>A button that leads to the provider.</summary>
/// <param name="Purpose">One of <see cref="FlowPurposes"/>.</param>
/// <param name="Words">What it says; <c>{0}</c> is the provider.</param>
/// <param name="Return">Where to go on afterwards, where that is known.</param>
internal sealed record ProviderButton(string Purpose, Text Words, string? Return = null);
