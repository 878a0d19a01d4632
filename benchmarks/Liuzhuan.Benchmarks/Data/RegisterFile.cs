namespace Liuzhuan.Benchmarks.Data;

/// <summary>The register as a CSV with all columns of the person schema, about 75 bytes for each person.</summary>
internal static class RegisterFile
{
    private const string Header = "id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by\n";

    public static void Write(string path, People people) => RowFile.Write(path, Header, people.Count, 256, (row, target) => WriteRow(people, row, target));

    private static int WriteRow(People people, long i, Span<byte> target)
    {
        var row = new RowText(target);
        var other = people.Other(i);
        var number = row.Rest[..People.NumberLength];
        people.WriteNumber(i, number);
        row.Advance(number.Length);
        row.Add((byte)',');

        var state = people.State(i);
        var holder = people.Successor(i);
        row.Advance(people.WriteName(holder, row.Rest));
        row.Add((number[16] & 1) == 1 ? ",1,"u8 : ",2,"u8);
        row.Add(number[6..10]);
        row.Add((byte)'-');
        row.Add(number[10..12]);
        row.Add((byte)'-');
        row.Add(number[12..14]);
        row.Add((byte)',');
        row.AddNumber(other % 16 != 0 ? 1 : 2 + Mixing.Below(other >> 8, 55), 2);
        row.Add((byte)',');
        row.AddNumber(people.Division(holder), 6);
        row.Add(state switch { RecordState.Deceased => ",deceased,"u8, RecordState.Cancelled => ",cancelled,"u8, _ => ",active,"u8 });
        row.AddNumber(220_000_000 + i / 3, 9);
        row.Add((byte)',');
        row.AddNumber(1 + Mixing.Below(other >> 16, 3) * 10, 2);
        row.Add((byte)',');
        row.Advance(people.WriteFormerName(i, row.Rest));
        row.Add((byte)',');
        if (state == RecordState.Superseded)
        {
            people.WriteNumber(holder, row.Rest);
            row.Advance(People.NumberLength);
        }

        row.Add((byte)'\n');
        return row.Length;
    }
}
