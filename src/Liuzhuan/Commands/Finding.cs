namespace Liuzhuan.Commands;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Level">Sound, worth knowing, or in the way of the main job.</param>
internal sealed record Finding(FindingLevel Level, string Text)
{
    public static Finding Sound(string text) => new(FindingLevel.Sound, text);

    public static Finding Notice(string text) => new(FindingLevel.Notice, text);

    public static Finding Broken(string text) => new(FindingLevel.Broken, text);
}

internal enum FindingLevel
{
    Sound,
    Notice,
    Broken,
}
