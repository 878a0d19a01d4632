using System.Buffers;
using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>Reads personal names as people and systems write them into one canonical form.</summary>
public static class PersonName
{
    /// <summary>How many times longer than the text its canonical form may be: letters that are written with their marks apart (UAX #15).</summary>
    public const int Growth = 3;

    private const int OnStack = 384;

    /// <summary>The canonical form, whether it differs from the text as written, and why the text is no name.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, out string canonical, out bool changed)
    {
        changed = false;
        if (IsAllPlain(text))
        {
            canonical = new string(text);
            return text.IsEmpty ? Reasons.NameMissing : Reasons.None;
        }

        char[]? rented = null;
        var buffer = text.Length * Growth <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(text.Length * Growth);
        var failure = Read(text, buffer, out var length);
        canonical = failure == Reasons.None ? new string(buffer[..length]) : "";
        changed = failure == Reasons.None && !text.SequenceEqual(canonical);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return failure;
    }

    /// <summary>Writes the canonical form, which is at most <see cref="Growth"/> times as long as the text; allocates only where marks are to be composed.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, Span<char> canonical, out int length)
    {
        text = TextFolding.UnwrapName(text);
        var failure = Read(text, canonical, composes: false, out length, out var mayCompose);
        if (failure != Reasons.None) return failure;
        if (mayCompose) Compose(text, canonical, out length);
        return SpreadsheetErrors.IsError(canonical[..length]) ? Reasons.NameCharacters : Reasons.None;
    }

    // Letters take their marks before they are folded, because some have only one case, and again afterwards, because others compose only in upper case.
    private static void Compose(ReadOnlySpan<char> text, Span<char> canonical, out int length)
    {
        Read(text, canonical, composes: true, out length, out _);
        var composed = CanonicalComposition.Compose(canonical[..length]).ToCharArray();
        foreach (ref var unit in composed.AsSpan())
        {
            // The iota subscript would become a letter of its own.
            if (unit != '\u0345') unit = char.ToUpperInvariant(unit);
        }

        var settled = CanonicalComposition.Compose(composed);
        settled.CopyTo(canonical);
        length = settled.Length;
    }

    private static Reasons Read(ReadOnlySpan<char> text, Span<char> canonical, bool composes, out int length, out bool mayCompose)
    {
        (length, mayCompose) = (0, false);
        var previousIsHan = false;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            var kind = NameCharacters.KindOf(unit);
            int codePoint = unit;
            if (kind == NameCharacterKind.Surrogate)
            {
                if (Rune.DecodeFromUtf16(text[i..], out var rune, out _) != OperationStatus.Done) return Reasons.NameCharacters;
                codePoint = rune.Value;
                kind = NameCharacters.KindOfSupplementary(codePoint);
                i++;
            }

            switch (kind)
            {
                case NameCharacterKind.Damaged:
                    return Reasons.NameCharacters;
                case NameCharacterKind.Dropped:
                    continue;
                case NameCharacterKind.Folded:
                    codePoint = composes ? TextFolding.Narrow(unit) : char.ToUpperInvariant(TextFolding.Narrow(unit));
                    break;
                case NameCharacterKind.Composing:
                    mayCompose = true;
                    break;
                case NameCharacterKind.OtherForm:
                    codePoint = NameCharacters.Canonical(codePoint);
                    break;
                case NameCharacterKind.InterpunctLookalike:
                    codePoint = NameCharacters.Interpunct;
                    break;
                case NameCharacterKind.FullStop:
                    codePoint = previousIsHan && HanFollows(text[(i + 1)..]) ? NameCharacters.Interpunct : '.';
                    break;
            }

            previousIsHan = IsHan(codePoint, kind);
            if (codePoint <= char.MaxValue)
            {
                canonical[length++] = (char)codePoint;
            }
            else
            {
                length += new Rune(codePoint).EncodeToUtf16(canonical[length..]);
            }
        }

        return length == 0 ? Reasons.NameMissing : Reasons.None;
    }

    /// <summary>Is the text its own canonical form?</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (IsAllPlain(text)) return !text.IsEmpty;
        if (text.Length * Growth > OnStack) return Read(text, out _, out var changed) == Reasons.None && !changed;
        Span<char> buffer = stackalloc char[OnStack];
        return Read(text, buffer, out var length) == Reasons.None && text.SequenceEqual(buffer[..length]);
    }

    /// <summary>True for a code point that stands for itself in every canonical name, whatever its neighbours: plain Han characters and U+00B7.</summary>
    public static bool IsPlain(int codePoint) => codePoint <= char.MaxValue
        ? NameCharacters.IsPlain((char)codePoint)
        : NameCharacters.KindOfSupplementary(codePoint) == NameCharacterKind.Plain;

    private static bool IsAllPlain(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (!NameCharacters.IsPlain(unit)) return false;
        }

        return true;
    }

    /// <summary>Is the first character that is not dropped a Han character?</summary>
    private static bool HanFollows(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var units) != OperationStatus.Done) return false;
            var kind = rune.IsBmp ? NameCharacters.KindOf(text[0]) : NameCharacters.KindOfSupplementary(rune.Value);
            if (kind != NameCharacterKind.Dropped) return IsHan(NameCharacters.Canonical(rune.Value), kind);
            text = text[units..];
        }

        return false;
    }

    private static bool IsHan(int canonical, NameCharacterKind kind) =>
        kind is NameCharacterKind.Plain or NameCharacterKind.OtherForm && canonical != NameCharacters.Interpunct;
}
