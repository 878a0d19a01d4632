namespace Liuzhuan.Platform.People;

/// <summary>Where somebody wanted to go when they were led to sign in. Only paths of this site, so that nobody is sent elsewhere by a prepared link.</summary>
internal static class ReturnPath
{
    /// <summary>The parameter of addresses and forms.</summary>
    public const string Parameter = "return";

    private const int Longest = 2000;

    /// <summary>The path if it is one of this site; null for anything else. Browsers read <c>//host</c> and <c>/\host</c> as another site, and drop control characters.</summary>
    public static string? Of(string? given) =>
        given is { Length: > 0 and <= Longest } && given[0] == '/' && (given.Length == 1 || given[1] is not ('/' or '\\')) && !given.Contains('\\', StringComparison.Ordinal) && !given.Any(char.IsControl)
        && !given.StartsWith("/sign-", StringComparison.Ordinal) && !given.StartsWith("/hall/sign-", StringComparison.Ordinal) ? given : null;
}
