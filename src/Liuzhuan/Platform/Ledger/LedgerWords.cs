using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Keeps citizen numbers out of what people write into entries: an entry can never be erased, so that it may name nobody (PIPL art. 47).</summary>
internal static partial class LedgerWords
{
    public static readonly Refusal NamesSomebody = new("ledger.names-somebody",
        "依据或理由里好像有公民身份号码：这段文字要记入账本，账本不能删改，不得含有个人信息。请删去号码，改写文号、案号或编号。",
        "The provision or reason seems to hold a citizen number: it goes into the ledger, from which nothing is ever erased, and may name nobody. Take the number out; name the document or case instead.");

    /// <summary>What is refused about texts that go into an entry; null when they are well.</summary>
    public static Refusal? Check(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && HoldsNumber(text)) return NamesSomebody;
        }

        return null;
    }

    /// <summary>Is there anything in it that is shaped like a citizen number of 18 or 15 characters? A wrong check digit helps nobody: most others still tell who it is.</summary>
    public static bool HoldsNumber(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            // Digits of all scripts and widths, however they are set apart.
            if (char.IsWhiteSpace(unit) || char.GetUnicodeCategory(unit) is UnicodeCategory.Format or UnicodeCategory.DashPunctuation) continue;
            folded.Append(char.IsDigit(unit) ? (char)('0' + (int)char.GetNumericValue(unit)) : unit is 'x' or 'X' or '\uFF58' or '\uFF38' ? 'X' : ' ');
        }

        return Number().IsMatch(folded.ToString());
    }

    // Division, birth date, sequence; in the short form, the year without its century, and nothing more before or after it.
    [GeneratedRegex("[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]|(?<![0-9])[1-9][0-9]{7}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])")]
    private static partial Regex Number();
}
