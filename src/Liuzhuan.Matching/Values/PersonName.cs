namespace Liuzhuan.Matching.Values;

/// <summary>Reads personal names as people and systems write them into one canonical form.</summary>
public static class PersonName
{
    /// <summary>The canonical form, whether it differs from the text as written, and why the text is no name.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, out string canonical, out bool changed) => throw new NotSupportedException("values");

    /// <summary>True for a code point that stands for itself in every canonical name, whatever its neighbours: plain Han characters and U+00B7.</summary>
    public static bool IsPlain(int codePoint) => throw new NotSupportedException("values");
}
