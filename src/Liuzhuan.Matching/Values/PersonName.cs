using System.Buffers;
using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>Reads personal names as people and systems write them into one canonical form.</summary>
public static class PersonName
{
    private const int OnStack = 256;

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
        var buffer = text.Length * 2 <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(text.Length * 2);
        var failure = Read(text, buffer, out var length);
        canonical = failure == Reasons.None ? new string(buffer[..length]) : "";
        changed = failure == Reasons.None && !text.SequenceEqual(canonical);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return failure;
    }

    /// <summary>Writes the canonical form, which is at most twice as long as the text, without allocating.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, Span<char> canonical, out int length)
    {
        length = 0;
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
                    codePoint = char.ToUpperInvariant(TextFolding.Narrow(unit));
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
        if (text.Length * 2 > OnStack) return Read(text, out _, out var changed) == Reasons.None && !changed;
        Span<char> buffer = stackalloc char[OnStack];
        return Read(text, buffer, out var length) == Reasons.None && text.SequenceEqual(buffer[..length]);
    }

    /// <summary>True for a code point that stands for itself in every canonical name, whatever its neighbours: plain Han characters and U+00B7.</summary>
    public static bool IsPlain(int codePoint) => codePoint <= char.MaxValue
        ? NameCharacters.KindOf((char)codePoint) == NameCharacterKind.Plain
        : NameCharacters.KindOfSupplementary(codePoint) == NameCharacterKind.Plain;

    private static bool IsAllPlain(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (NameCharacters.KindOf(unit) != NameCharacterKind.Plain) return false;
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
