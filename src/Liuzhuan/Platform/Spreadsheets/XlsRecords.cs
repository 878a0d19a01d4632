using System.Buffers.Binary;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>
/// What ExcelDataReader keeps to itself of a binary workbook ([MS-XLS], BIFF5 and BIFF8): from which year days count, which cells hold an error, and which
/// hold the day that it cannot tell from the one before.
/// </summary>
internal sealed class XlsRecords
{
    private const int LeapDay = 60, HeadBytes = 4, MostBytes = 8228;
    private const int Formula = 0x06, End = 0x0A, DateMode = 0x22, Password = 0x2F, BoundSheet = 0x85, ManyShort = 0xBD, Number = 0x203, BooleanOrError = 0x205, Short = 0x27E, Begin = 0x809;

    private readonly Stream _file;
    private readonly OleStream _stream;
    private readonly List<long> _sheets = [];
    private readonly byte[] _record = new byte[MostBytes];

    private XlsRecords(Stream file, OleStream stream) => (_file, _stream) = (file, stream);

    /// <summary>Days count from 1904 instead of 1900.</summary>
    public bool Date1904 { get; private set; }

    /// <summary>Number of worksheets; charts and macro sheets do not count.</summary>
    public int Sheets => _sheets.Count;

    /// <summary>Reads the workbook's own records; null where they are encrypted, older, damaged or not in a container.</summary>
    public static XlsRecords? Open(Stream file)
    {
        var place = file.Position;
        try
        {
            if (OleStream.Find(file, "Workbook", "Book") is not { } stream) return null;
            var records = new XlsRecords(file, stream);
            foreach (var (id, data) in records.From(0))
            {
                if (id == Password) return null;
                if (id == DateMode && data.Length >= 2) records.Date1904 = data.Span[0] == 1;
                if (id == BoundSheet && data.Length > 6 && data.Span[5] == 0) records._sheets.Add(BinaryPrimitives.ReadUInt32LittleEndian(data.Span));
            }

            return records;
        }
        finally
        {
            file.Position = place;
        }
    }

    /// <summary>The cells of a sheet, by row and column from 0, that hold an error (its word) or, in a workbook that counts from 1900, the day 60 (null).</summary>
    public Dictionary<(int Row, int Column), string?> OddCells(int sheet)
    {
        var place = _file.Position;
        var odd = new Dictionary<(int, int), string?>();
        foreach (var (id, memory) in From(_sheets[sheet]))
        {
            var data = memory.Span;
            if (id is not (Formula or ManyShort or Number or BooleanOrError or Short) || data.Length < 8) continue;
            int row = BinaryPrimitives.ReadUInt16LittleEndian(data), column = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
            switch (id)
            {
                case BooleanOrError when data[7] == 1:
                    odd[(row, column)] = Word(data[6]);
                    break;
                case Formula when data.Length >= 14 && data[12] == 0xFF && data[13] == 0xFF:
                    if (data[6] == 2) odd[(row, column)] = Word(data[8]);
                    break;
                case Formula or Number when data.Length >= 14:
                    AddDay(BinaryPrimitives.ReadDoubleLittleEndian(data[6..]), column);
                    break;
                case Short when data.Length >= 10:
                    AddDay(Short30(data[6..]), column);
                    break;
                case ManyShort:
                    for (var at = 4; at + 8 <= data.Length; at += 6, column++) AddDay(Short30(data[(at + 2)..]), column);
                    break;
            }

            void AddDay(double value, int at)
            {
                if (!Date1904 && value is >= LeapDay and < LeapDay + 1) odd[(row, at)] = null;
            }
        }

        _file.Position = place;
        return odd;
    }

    // The records of one substream, without those of charts inside it.
    private IEnumerable<(int Id, ReadOnlyMemory<byte> Data)> From(long at)
    {
        var depth = 0;
        while (_stream.TryRead(at, _record.AsMemory(0, HeadBytes)))
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(_record), length = BinaryPrimitives.ReadUInt16LittleEndian(_record.AsSpan(2));
            at += HeadBytes;
            if (length > MostBytes || !_stream.TryRead(at, _record.AsMemory(0, length)) || depth == 0 && id != Begin) yield break;
            at += length;
            if (id == Begin) depth++;
            else if (id == End && --depth == 0) yield break;
            else if (depth == 1) yield return (id, _record.AsMemory(0, length));
        }
    }

    // RK: 30 bits of a whole number or of the upper end of a fraction, in ones or hundredths.
    private static double Short30(ReadOnlySpan<byte> data)
    {
        var bits = BinaryPrimitives.ReadInt32LittleEndian(data);
        var value = (bits & 2) != 0 ? bits >> 2 : BitConverter.Int64BitsToDouble((long)(bits & ~3) << 32);
        return (bits & 1) != 0 ? value / 100 : value;
    }

    private static string Word(byte code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        _ => "#N/A",
    };
}
