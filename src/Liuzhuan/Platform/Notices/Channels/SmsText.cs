namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>How many segments a text message takes (3GPP TS 23.038, 23.040): 160 characters of the basic alphabet, else 70 code units of UTF-16; less in each when it takes several.</summary>
internal static class SmsText
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà", Extended = "^{}\\[~]|€\f";

    private const int BasicAlone = 160, BasicJoined = 153, WideAlone = 70, WideJoined = 67;

    public static int Segments(string text)
    {
        if (text.Length == 0) return 0;
        if (text.All(letter => Basic.Contains(letter, StringComparison.Ordinal) || Extended.Contains(letter, StringComparison.Ordinal)))
            return Count(text, letter => Extended.Contains(letter, StringComparison.Ordinal) ? 2 : 1, BasicAlone, BasicJoined);
        return Count(text, _ => 1, WideAlone, WideJoined);
    }

    // A character that takes two places is not torn apart at the end of a segment.
    private static int Count(string text, Func<char, int> weight, int alone, int joined)
    {
        if (text.Sum(weight) <= alone) return 1;
        var (segments, room) = (1, joined);
        for (var i = 0; i < text.Length; i++)
        {
            var needed = weight(text[i]) + (char.IsHighSurrogate(text[i]) ? 1 : 0);
            if (needed > room) (segments, room) = (segments + 1, joined);
            room -= needed;
            if (char.IsHighSurrogate(text[i])) i++;
        }

        return segments;
    }
}
