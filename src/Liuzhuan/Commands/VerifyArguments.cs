using System.Globalization;

namespace Liuzhuan.Commands;

/// <summary>What a command line says about a file to verify.</summary>
internal sealed record VerifyArguments
{
    public const int UsualMaxAge = 30;

    private const int MostDigits = 6;

    private const string Repeatable = "--column";

    public required string Input { get; init; }

    public required string Register { get; init; }

    public string? Output { get; init; }

    public string? Report { get; init; }

    /// <summary>Nothing, or "problems" and a file.</summary>
    public string[] Only { get; init; } = [];

    /// <summary>Each as name=column.</summary>
    public string[] Columns { get; init; } = [];

    public string? Encoding { get; init; }

    public string? Delimiter { get; init; }

    public string? Schema { get; init; }

    public string? Layout { get; init; }

    public bool DryRun { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Days.</summary>
    public int MaxAge { get; init; } = UsualMaxAge;

    /// <summary>0 for one on each processor.</summary>
    public int Threads { get; init; }

    public required string Purpose { get; init; }

    public required string Provision { get; init; }

    /// <summary>The data folder.</summary>
    public required string Ledger { get; init; }

    public static string UsualPurpose(Session session) => session.Say("核验文件（未写明用途）", "verifying a file (no purpose stated)");

    public static string UsualProvision(Session session) => session.Say("未写明", "not stated");

    /// <summary>
    /// Reads a command line that is written out in the plain way: INPUT, and options each once (<c>--column</c> as often as one likes), with their values as words of their own. Null for every other one, right
    /// or wrong: the command-line library reads those, and tells what is wrong. Loading that library takes a tenth of a short command.
    /// </summary>
    /// <param name="words">What comes after <c>verify</c>.</param>
    public static VerifyArguments? Plain(ReadOnlySpan<string> words, Session session)
    {
        string? input = null;
        var said = new VerifyArguments { Input = "", Register = "", Purpose = UsualPurpose(session), Provision = UsualProvision(session), Ledger = DataArguments.UsualFolder() };
        var given = new List<string>();
        for (; !words.IsEmpty; words = words[1..])
        {
            var word = words[0];
            if (!word.StartsWith('-') || word.Length == 1)
            {
                if (input is not null || !IsPlain(word)) return null;
                input = word;
                continue;
            }

            if (word != Repeatable && given.Contains(word)) return null;
            given.Add(word);
            var value = words.Length > 1 ? words[1] : "";
            if (word is "--quiet" or "--dry-run")
            {
                // These may have a value too.
                if (bool.TryParse(value, out _)) return null;
                said = word == "--quiet" ? said with { Quiet = true } : said with { DryRun = true };
                continue;
            }

            if (!IsPlain(value)) return null;
            words = words[1..];
            if (word == "--only")
            {
                // The one option with two values.
                if (words.Length < 2 || !IsPlain(words[1])) return null;
                said = said with { Only = [value, words[1]] };
                words = words[1..];
                continue;
            }

            if (said.With(word, value) is not { } more) return null;
            said = more;
        }

        return input is null || said.Register.Length == 0 ? null : said with { Input = input };
    }

    private VerifyArguments? With(string option, string value) => option switch
    {
        "--register" => this with { Register = value },
        "--output" => this with { Output = value },
        "--report" => this with { Report = value },
        Repeatable => this with { Columns = [.. Columns, value] },
        "--encoding" => this with { Encoding = value },
        "--delimiter" => this with { Delimiter = value },
        "--schema" => this with { Schema = value },
        "--layout" => this with { Layout = value },
        "--purpose" => this with { Purpose = value },
        "--provision" => this with { Provision = value },
        "--ledger" => this with { Ledger = value },
        "--max-age-days" => Number(value) is { } days ? this with { MaxAge = days } : null,
        "--threads" => Number(value) is { } threads ? this with { Threads = threads } : null,
        // Known already when this is read.
        "--lang" => this,
        _ => null,
    };

    // Nothing that the library might take for something else: an option, also the short ones that begin with a slash, a file of options, nothing at all.
    private static bool IsPlain(string word) => word == "-" || !string.IsNullOrWhiteSpace(word) && word[0] is not ('-' or '@' or '[') && !(word[0] == '/' && (word.Length == 2 || word.Length > 2 && word[2] is ':' or '='));

    private static int? Number(string value) => value.Length <= MostDigits && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
