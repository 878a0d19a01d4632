using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>
/// The detail of an entry where it is one flat object of texts and numbers. Words that need no escapes, and nearly all are such, are put down as they are: the library that
/// writes JSON takes a short command longer to load than the entry takes to write. What it would write for the same members is the same byte for byte.
/// </summary>
internal sealed class EntryDetail
{
    private readonly StringBuilder _text = new("{");

    /// <summary>Adds a member; null for an absent text.</summary>
    /// <param name="name">Letters only.</param>
    public EntryDetail Add(string name, string? text)
    {
        Name(name);
        if (text is null) _text.Append("null");
        else _text.Append('"').Append(Escaped(text)).Append('"');
        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public EntryDetail Add(string name, long number)
    {
        Name(name);
        _text.Append(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Adds an instant: ISO 8601 in UTC, with as many digits behind the second as it has.</summary>
    public EntryDetail Add(string name, DateTimeOffset instant)
    {
        Name(name);
        var text = instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture).AsSpan().TrimEnd('Z').TrimEnd('0');
        _text.Append('"').Append(text.TrimEnd('.')).Append("Z\"");
        return this;
    }

    /// <summary>The entry. Its detail is not read again to see whether it is an object: it was made as one.</summary>
    public NewEntry Entry(string kind, string actor)
    {
        var detail = Encoding.UTF8.GetBytes(string.Concat(_text.ToString(), "}"));
        return new NewEntry(kind, actor, detail) { PutTogether = detail };
    }

    /// <summary>A text as it stands between the quotes of JSON.</summary>
    public static string Escaped(string text)
    {
        foreach (var unit in text)
        {
            if (!IsPlain(unit)) return Encoded(text);
        }

        return text;
    }

    /// <summary>Does JSON take this character as it is, and every reader of JSON with it? Not all such characters are known here.</summary>
    internal static bool IsPlain(char unit) => unit is (>= ' ' and <= '~' and not ('"' or '\\')) or (>= '\u4E00' and <= '\u9FA5') or (>= '\u3001' and <= '\u3003') or (>= '\u3008' and <= '\u3011')
        or '\u2013' or '\u2014' or '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u2026' or '\u00B7' or (>= '\uFF01' and <= '\uFF5E');

    private void Name(string name) => _text.Append(_text.Length > 1 ? ",\"" : "\"").Append(name).Append("\":");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Encoded(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
