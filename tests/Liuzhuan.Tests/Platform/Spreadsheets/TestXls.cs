using System.Buffers.Binary;
using System.Text;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

/// <summary>The smallest binary workbook ([MS-XLS], BIFF8) of one sheet; cell style 1 shows dates.</summary>
internal sealed class TestXls
{
    private readonly List<byte> _sheet = [];

    public TestXls Text(int row, int column, string text) =>
        Add(0x204, [.. Cell(row, column, 0), .. Short(text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);

    public TestXls Number(int row, int column, double value, int style = 1) => Add(0x203, [.. Cell(row, column, style), .. BitConverter.GetBytes(value)]);

    /// <summary>A whole number in the short form.</summary>
    public TestXls Whole(int row, int column, int value) => Add(0x27E, [.. Cell(row, column, 1), .. BitConverter.GetBytes(value << 2 | 2)]);

    /// <summary>Whole numbers side by side.</summary>
    public TestXls Wholes(int row, int column, params int[] values) =>
        Add(0xBD, [.. Short(row), .. Short(column), .. values.SelectMany(value => (byte[])[.. Short(1), .. BitConverter.GetBytes(value << 2 | 2)]), .. Short(column + values.Length - 1)]);

    public TestXls Formula(int row, int column, double cached) => Add(0x06, [.. Cell(row, column, 1), .. BitConverter.GetBytes(cached), .. new byte[6], .. Short(3), 0x1E, 0, 0]);

    public TestXls FormulaError(int row, int column, byte error) => Add(0x06, [.. Cell(row, column, 0), 2, 0, error, 0, 0, 0, 0xFF, 0xFF, .. new byte[6], .. Short(3), 0x1E, 0, 0]);

    public TestXls Error(int row, int column, byte error) => Add(0x205, [.. Cell(row, column, 0), error, 1]);

    /// <summary>Writes the workbook to a file.</summary>
    public string Write(string path, bool date1904)
    {
        var book = Globals(Globals(0, date1904).Count, date1904);
        Record(book, 0x809, [.. Short(0x600), .. Short(0x10), .. new byte[12]]);
        Record(book, 0x200, [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(64), .. Short(0), .. Short(16), 0, 0]);
        book.AddRange(_sheet);
        Record(book, 0x0A, []);
        book.AddRange(new byte[Math.Max(4096, (book.Count + 511) / 512 * 512) - book.Count]);
        File.WriteAllBytes(path, Container([.. book]));
        return path;
    }

    private static List<byte> Globals(int sheetAt, bool date1904)
    {
        var book = new List<byte>();
        Record(book, 0x809, [.. Short(0x600), .. Short(5), .. new byte[12]]);
        Record(book, 0x22, Short(date1904 ? 1 : 0));
        Record(book, 0xE0, new byte[20]);
        Record(book, 0xE0, [0, 0, 14, 0, .. new byte[5], 4, .. new byte[10]]);
        Record(book, 0x85, [.. BitConverter.GetBytes(sheetAt), 0, 0, 2, 0, .. "S1"u8]);
        Record(book, 0x0A, []);
        return book;
    }

    // Sector 0 holds the table, sector 1 the directory, the stream follows.
    private static byte[] Container(byte[] stream)
    {
        var file = new byte[512 * 3 + stream.Length];
        TestOle.With("Workbook").AsSpan(0, 512).CopyTo(file);
        for (var list = 1; list < 109; list++) BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(76 + list * 4), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(44), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), 6);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(56), 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(60), 0xFFFFFFFE);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(68), 0xFFFFFFFE);
        var sectors = stream.Length / 512;
        for (var i = 0; i < 128; i++)
        {
            var next = i == 0 ? 0xFFFFFFFD : i == 1 || i == sectors + 1 ? 0xFFFFFFFE : i < sectors + 1 ? (uint)i + 1 : uint.MaxValue;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512 + i * 4), next);
        }

        TestOle.With("Workbook").AsSpan(1024, 256).CopyTo(file.AsSpan(1024));
        for (var entry = 0; entry < 2; entry++)
        {
            var at = file.AsSpan(1024 + entry * 128);
            at[66] = (byte)(entry == 0 ? 5 : 2);
            at[67] = 1;
            at[68..80].Fill(0xFF);
            if (entry == 0) BinaryPrimitives.WriteUInt32LittleEndian(at[76..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(at[116..], entry == 0 ? 0xFFFFFFFE : 2);
            BinaryPrimitives.WriteUInt32LittleEndian(at[120..], entry == 0 ? 0 : (uint)stream.Length);
        }

        stream.CopyTo(file, 1536);
        return file;
    }

    private static byte[] Cell(int row, int column, int style) => [.. Short(row), .. Short(column), .. Short(style)];

    private static byte[] Short(int value) => BitConverter.GetBytes((ushort)value);

    private TestXls Add(int id, byte[] data)
    {
        Record(_sheet, id, data);
        return this;
    }

    private static void Record(List<byte> to, int id, byte[] data)
    {
        to.AddRange(Short(id));
        to.AddRange(Short(data.Length));
        to.AddRange(data);
    }
}
