namespace Liuzhuan.Commands;

/// <summary>In which language a command speaks.</summary>
internal static class SessionLanguage
{
    public const string Option = "--lang";

    private const string Variable = "LIUZHUAN_LANG";

    /// <summary>The language that is asked for, and by what. Needed before parsing, because the help texts are made in it.</summary>
    public static (string Language, string From) Given(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith($"{Option}=", StringComparison.Ordinal) || args[i].StartsWith($"{Option}:", StringComparison.Ordinal)) return (args[i][(Option.Length + 1)..], Option);
            if (args[i] == Option && i + 1 < args.Length) return (args[i + 1], Option);
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? (variable, Variable) : ("zh", Variable);
    }

    /// <summary>"zh" or "en", with or without a country, as systems write it: en, en-GB, zh_CN.UTF-8. Null for another.</summary>
    public static string? Known(string language) => language.Split('-', '_', '.')[0].ToLowerInvariant() is ("zh" or "en") and var known ? known : null;
}
