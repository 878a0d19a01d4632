using System.Text;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Names of uploaded and returned files: harmless on this disk, and telling to the person who downloads them.</summary>
internal static class FileNames
{
    // File systems allow 255 bytes; a Chinese character takes three, and the result's suffix comes on top.
    private const int MaxStemBytes = 150;
    private const string Forbidden = "/\\:*?\"<>|";

    private static readonly Dictionary<string, string> ResultExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = ".csv", [".tsv"] = ".tsv", [".tab"] = ".tab", [".txt"] = ".txt", [".xlsx"] = ".xlsx", [".xls"] = ".xlsx",
    };

    /// <summary>Extensions that can be verified, for the file chooser.</summary>
    public static string Accepted { get; } = string.Join(",", ResultExtensions.Keys);

    public static bool IsAccepted(string name) => ResultExtensions.ContainsKey(Path.GetExtension(name));

    /// <summary>The last part of what a browser sent, without anything a path, a header or a terminal could stumble over.</summary>
    public static string Clean(string sent)
    {
        var last = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format || rune == Rune.ReplacementChar) continue;
            clean.Append(rune.IsBmp && Forbidden.Contains((char)rune.Value) ? "_" : rune.ToString());
        }

        var name = clean.ToString().Trim(' ', '.');
        var extension = Path.GetExtension(name);
        if (extension.Length > 6) extension = "";
        return Shorten(name[..(name.Length - extension.Length)]) + extension;
    }

    /// <summary>The extension under which an upload is kept, lower case.</summary>
    public static string Extension(string name) => Path.GetExtension(name).ToLowerInvariant();

    public static string Result(string name, string language) =>
        Path.GetFileNameWithoutExtension(name) + (language == "en" ? "-verified" : "-核验结果") + ResultExtensions[Path.GetExtension(name)];

    public static string Problems(string name, string language) =>
        Path.GetFileNameWithoutExtension(name) + (language == "en" ? "-rows-to-mend.csv" : "-待处理行.csv");

    public static string Report(string name) => Path.GetFileNameWithoutExtension(name) + "-report.json";

    private static string Shorten(string stem)
    {
        var bytes = 0;
        var end = 0;
        foreach (var rune in stem.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxStemBytes) break;
            end += rune.Utf16SequenceLength;
        }

        return stem[..end];
    }
}
