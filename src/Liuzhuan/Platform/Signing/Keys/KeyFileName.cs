using System.Globalization;
using System.Text.RegularExpressions;

namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>How a key file is called: <c>answers.ES256.0001.pem</c>, or <c>pseudonyms.random.0001.pem</c> for a symmetric key.</summary>
internal sealed partial record KeyFileName(string Purpose, string Suite, int Generation)
{
    public const string Ending = ".pem";

    /// <summary>Stands in the place of a suite for 32 random bytes.</summary>
    public const string SymmetricSuite = "random";

    /// <summary>Null for a name of another form.</summary>
    public static KeyFileName? Parse(string name) =>
        Form().Match(name) is { Success: true } match ? new(match.Groups[1].Value, match.Groups[2].Value, int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture)) : null;

    public override string ToString() => $"{Purpose}.{Suite}.{Generation:0000}{Ending}";

    [GeneratedRegex(@"^([a-z0-9][a-z0-9-]{0,40})\.([A-Za-z0-9-]{1,20})\.([0-9]{4,9})\.pem\z")]
    private static partial Regex Form();
}
