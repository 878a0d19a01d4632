using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>Files that hold every class of defect, from a seed.</summary>
internal sealed class TortureFiles(int seed)
{
    private static readonly string[] Cells =
    [
        "", "", "", "张三", "李四", "欧阳·娜娜", "220102199003078515", "22010219900307851X", "110101199001011234", "12345678", "1234567", "男", "女", "1", "合计", "总计：", "Total", "合计银", "小计120", " ", "\u3000", "\u200B", "\uFEFF", "\0",
        "a,b", "a;b", "a\tb", "a|b", "\"", "\"\"", "\"\"\"", "\"a\"", "\"a\"\"b\"", "\"a\"b", "\"a\"b\"c,d\"", "a\"b", "a\"", "\"a,b\"", "\"张\n三\"", "\"张\r\n三\"", "\"x\ry\"", "\"unterminated", "\"\n\n\n\"", "\r", "x\ry", "=1+1", "𠮷", "𠮷野", "\uE000", "é", "€", "2.20102E+17", "??",
    ];

    private readonly Random _random = new(seed);

    /// <param name="width">Cells of most rows.</param>
    public byte[] Make(TextForm form, char delimiter, int rows, bool withBom, int width = 5)
    {
        List<byte> file = [];
        if (withBom) file.AddRange(form.Bom());
        var lineEnd = Pick(["\n", "\r\n", "\r"]);
        for (var i = 0; i < rows; i++)
        {
            var cells = _random.Next(12) switch { 0 => 1, 1 => _random.Next(1, 12), _ => width };
            for (var c = 0; c < cells; c++)
            {
                if (c > 0) file.AddRange(Raw(form, delimiter.ToString()));
                file.AddRange(Cell(form, c));
            }

            if (i == rows - 1 && _random.Next(2) == 0) break;
            file.AddRange(Raw(form, _random.Next(8) == 0 ? Pick(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"]) : lineEnd));
        }

        if (form.IsUtf16() && _random.Next(10) == 0) file.Add(0x41);
        return [.. file];
    }

    private byte[] Cell(TextForm form, int column) => _random.Next(40) switch
    {
        0 => Raw(form, new string('字', _random.Next(300))),
        1 => Raw(form, '"' + new string('x', _random.Next(300)) + '"'),
        2 => Damage(form),
        < 20 when column == 1 => Raw(form, "22010219900307" + _random.Next(1000, 1030)),
        < 20 when column == 2 => Raw(form, "王" + (char)(0x4E00 + _random.Next(30))),
        _ => Raw(form, Pick(Cells)),
    };

    // Bytes that are no text in the encoding, second bytes that look like delimiters, halves of surrogate pairs.
    private byte[] Damage(TextForm form) => form switch
    {
        TextForm.Utf8 => Pick<byte[]>([[0xFF], [0xC3], [0xE5, 0xBC], [0xED, 0xA0, 0x80], [0x80, 0x81], [0xF0, 0x90]]),
        TextForm.Gb18030 => Pick<byte[]>([[0x81, 0x7C], [0x81, 0x30, 0x81, 0x30], [0x95, 0x32, 0x82, 0x36], [0x81], [0xFF], [0xA1, 0x22], [0x81, 0x7C, 0x7C], [0x80]]),
        _ => Raw(form, Pick(["\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"])),
    };

    private static byte[] Raw(TextForm form, string text)
    {
        if (!form.IsUtf16()) return form.Encode(text);
        List<byte> bytes = [];
        foreach (var unit in text) bytes.AddRange(form == TextForm.Utf16BigEndian ? [(byte)(unit >> 8), (byte)unit] : [(byte)unit, (byte)(unit >> 8)]);
        return [.. bytes];
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
