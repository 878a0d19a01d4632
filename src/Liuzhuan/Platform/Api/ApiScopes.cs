namespace Liuzhuan.Platform.Api;

/// <summary>The scopes that an access token can carry: which half of the interface it opens. What may be asked there is decided by the access list.</summary>
internal static class ApiScopes
{
    public const string Questions = "questions", Batches = "batches";

    public static IReadOnlyList<string> All { get; } = [Questions, Batches];
}
