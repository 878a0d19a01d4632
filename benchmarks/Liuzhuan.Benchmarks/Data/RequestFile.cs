using System.Globalization;

namespace Liuzhuan.Benchmarks.Data;

/// <summary>
/// A file of questions in uniformly random order, each number at most once: 3.0 % are not in the register, 1.0 % are invalid,
/// 3.8 % differ in name or division; what remains agrees (of all rows, 1.1 % with a deceased or cancelled and 0.4 % with a replaced record).
/// One cell in 300 is quoted and one number in 50 that ends in X ends in x, so that nobody may leave quoting and normalising out.
/// </summary>
internal sealed class RequestFile(People people, long rows)
{
    private const string Header = "序号,姓名,公民身份号码,户籍区划\n";

    private readonly Permutation _order = new(people.Count, Mixing.Hash(people.Seed, 77, (ulong)rows));

    public void Write(string path)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, people.Count);
        RowFile.Write(path, Header, rows, 160, WriteRow);
    }

    private int WriteRow(long seq, Span<byte> target)
    {
        var hash = Mixing.Hash(people.Seed, 1000 + (ulong)rows, (ulong)seq);
        Span<byte> name = stackalloc byte[Names.MaxBytes], number = stackalloc byte[People.NumberLength + 1];
        var nameLength = 0;
        var numberLength = People.NumberLength;
        var kind = Mixing.Below(hash, 1000);
        var record = people.Successor(_order[seq]);
        var division = people.Division(record);
        nameLength = people.WriteName(record, name);
        if (kind < 30)
        {
            people.WriteFreeNumber(seq, number);
        }
        else
        {
            people.WriteNumber(_order[seq], number);
            if (kind < 40) Spoil(Mixing.Below(hash >> 20, 100), number, ref numberLength, ref nameLength);
            else if (kind < 78) Change(record, hash, ref division, name, ref nameLength);
            if (kind >= 40 && number[17] == 'X' && (hash >> 50) % 50 == 0) number[17] = (byte)'x';
        }

        var row = new RowText(target);
        (seq + 1).TryFormat(row.Rest, out var digits, default, CultureInfo.InvariantCulture);
        row.Advance(digits);
        row.Add((byte)',');
        var quoted = hash % 300 == 0;
        if (quoted) row.Add((byte)'"');
        row.Add(name[..nameLength]);
        if (quoted) row.Add((byte)'"');
        row.Add((byte)',');
        row.Add(number[..numberLength]);
        row.Add((byte)',');
        row.AddNumber(division, 6);
        row.Add((byte)'\n');
        return row.Length;
    }

    private void Change(long record, ulong hash, ref int division, Span<byte> name, ref int nameLength)
    {
        Span<byte> other = stackalloc byte[Names.MaxBytes];
        var former = people.WriteFormerName(record, other);
        var what = Mixing.Below(hash >> 24, 100);
        if (former > 0 || what < 60)
        {
            nameLength = former > 0 ? former : Names.WriteWithWrongEnd(name[..nameLength], hash >> 8, other);
            other[..nameLength].CopyTo(name);
        }

        if (what >= 50) division = People.OtherDivision(division, hash >> 12);
    }

    // One of each hundred invalid numbers, by what is wrong with it.
    private static void Spoil(int how, Span<byte> number, ref int length, ref int nameLength)
    {
        switch (how)
        {
            case < 50:
                // Three zeros at the end would look like a spreadsheet's rounding, which is another reason.
                number[17] = number[17] == 'X' ? (byte)'1' : number[17] == '9' ? (byte)'X' : (byte)(number[17] + 1);
                break;
            case < 65:
                "0230"u8.CopyTo(number[10..]);
                People.SetCheck(number);
                break;
            case < 80:
                length = 17;
                break;
            case < 85:
                number[18] = (byte)'1';
                length = 19;
                break;
            case < 90:
                number[9] = (byte)'A';
                break;
            case < 94:
                "10"u8.CopyTo(number);
                People.SetCheck(number);
                break;
            case < 97:
                length = 0;
                break;
            default:
                nameLength = 0;
                break;
        }
    }
}
