using System.Globalization;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using QRCoder;

namespace Liuzhuan.Tests.Platform.Web.Shell;

public partial class QrCodeTests
{
    private const string Link = "otpauth://totp/%E6%B5%81%E8%BD%AC:J1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Fact]
    public void What_is_drawn_is_what_the_standard_asks_for_module_by_module()
    {
        var code = QrCode.Of(Link, new Text("码", "code"));
        using var truth = QRCodeGenerator.GenerateQrCode(Link, QRCodeGenerator.ECCLevel.M);

        var drawn = new bool[code.Size, code.Size];
        foreach (Match run in Runs().Matches(code.Path))
        {
            int At(int group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
            for (var x = 0; x < At(3); x++) drawn[At(2), At(1) + x] = true;
        }

        for (var y = 0; y < code.Size; y++)
        {
            for (var x = 0; x < code.Size; x++)
            {
                Assert.Equal(truth.ModuleMatrix[y][x], drawn[y, x]);
                if (Math.Min(x, y) < 4 || Math.Max(x, y) >= code.Size - 4) Assert.False(drawn[y, x]);
            }
        }

        Assert.Empty(Runs().Replace(code.Path, ""));
    }

    [Fact]
    public async Task The_page_of_the_authenticator_shows_a_code_with_words_and_the_key_to_type()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer);

        var page = await PageForm.ReadAsync(officer, "/me/password?lang=en");

        var picture = page.QuerySelector("svg.qr")!;
        Assert.Equal("img", picture.GetAttribute("role"));
        Assert.Contains("type the key", picture.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(QrCode.Of(page.QuerySelector("a[href^='otpauth:']")!.GetAttribute("href")!, new Text("", "")).Path, picture.QuerySelector("path")!.GetAttribute("d"));
        // The page's policy allows no style of its own.
        Assert.Empty(page.QuerySelectorAll("main [style], main style, main script"));
        Assert.Equal(32, page.QuerySelector("code.secret")!.TextContent.Length);
    }

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\3z")]
    private static partial Regex Runs();
}
