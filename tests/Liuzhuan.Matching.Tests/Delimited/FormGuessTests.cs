using Liuzhuan.Matching.Delimited.Recognition;

namespace Liuzhuan.Matching.Tests.Delimited;

public class FormGuessTests
{
    [Fact]
    public void A_control_character_is_seen_wherever_it_stands()
    {
        foreach (var length in new[] { 1, 31, 32, 33, 64, 70 })
        {
            for (var at = 0; at < length; at++)
            {
                for (var code = 0; code < 256; code++)
                {
                    var text = new byte[length];
                    text.AsSpan().Fill((byte)'x');
                    text[at] = (byte)code;
                    Assert.Equal(code < ' ' && code is not ('\t' or '\n' or '\r'), FormGuess.HasControls(text));
                }
            }
        }
    }
}
