using System.Buffers.Binary;

namespace Liuzhuan.Matching.Values;

/// <summary>Reads the two commonest written dates, 1977-09-28 and 19770928, straight from bytes; every other form is left to the date comparer.</summary>
internal static class FastDate
{
    private static ReadOnlySpan<ushort> DaysBefore => [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

    /// <summary>Days since 0001-01-01, or false when the slow reader must look.</summary>
    public static bool TryDay(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        ulong digits;
        if (cell.Length == 10)
        {
            // yyyy-mm- and dd: the dashes are taken out, the first digit stays the lowest byte.
            var head = BinaryPrimitives.ReadUInt64LittleEndian(cell);
            if ((head & 0xFF0000FF00000000) != 0x2D00002D00000000) return false;
            digits = head & 0xFFFFFFFF | (head >> 40 & 0xFFFF) << 32 | (ulong)BinaryPrimitives.ReadUInt16LittleEndian(cell[8..]) << 48;
        }
        else if (cell.Length == 8) digits = BinaryPrimitives.ReadUInt64LittleEndian(cell);
        else return false;
        if (!FastDigits.AreDigits(digits)) return false;

        var pairs = FastDigits.Pairs(digits);
        var year = (int)(pairs & 0xFF) * 100 + (int)(pairs >> 16 & 0xFF);
        var month = (int)(pairs >> 32 & 0xFF);
        var date = (int)(pairs >> 48);
        if (year < 1000 || (uint)(month - 1) > 11 || date == 0) return false;
        var leap = month > 1 && DateTime.IsLeapYear(year) ? 1 : 0;
        var before = DaysBefore[month - 1] + (month > 2 ? leap : 0);
        if (date > DaysBefore[month] + leap - before) return false;
        var years = year - 1;
        day = years * 365 + years / 4 - years / 100 + years / 400 + before + date - 1;
        return true;
    }
}
