using System.Globalization;
using System.Text;
using QRCoder;

namespace Liuzhuan.Platform.Web.Shell;

/// <summary>A code to scan (ISO/IEC 18004), drawn on the server: dark modules as one path, with the quiet zone of four modules that the standard asks for.</summary>
/// <param name="Size">Modules of a side, the quiet zone included.</param>
/// <param name="Path">For an SVG whose unit is one module.</param>
/// <param name="Words">What it is, for those who do not see it.</param>
internal sealed record QrCode(int Size, string Path, Text Words)
{
    /// <summary>Error correction of level M: a code on a screen is not soiled.</summary>
    public static QrCode Of(string content, Text words)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var (rows, path) = (code.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var from = x;
                while (x < rows[y].Length && rows[y][x]) x++;
                if (x > from) path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }

        return new QrCode(rows.Count, path.ToString(), words);
    }
}
