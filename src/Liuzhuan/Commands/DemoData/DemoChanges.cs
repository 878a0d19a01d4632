using System.Text;

namespace Liuzhuan.Commands.DemoData;

/// <summary>Writes changes.csv: a few hundred new names, newcomers, cancellations and replaced numbers, as a day at the registries brings them.</summary>
internal static class DemoChanges
{
    private const ulong Kind = 2;
    private const int Changes = 300;

    public static void Write(DemoPeople people, Stream output)
    {
        var text = new StringBuilder("change,").Append(DemoRegisterFile.Columns).Append('\n');
        var random = SplitMix.For(people.Seed, Kind, 0);
        var picks = new Shuffle((ulong)people.Count, people.Seed + 21);
        for (var i = 0; i < Math.Min(Changes, people.Count); i++)
        {
            var person = people[(long)picks.At((ulong)i)];
            if (person.SharesNumber || person.OldNumber is not null) continue;
            Append(text, i % 4, person, people.UnusedNumber(i), ref random);
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Append(StringBuilder text, int kind, DemoPerson person, string unused, ref SplitMix random)
    {
        switch (kind)
        {
            case 0: // A new name; the old one becomes a former name.
                text.Append("upsert,");
                DemoRegisterFile.AppendRow(text, person with { Name = DemoNames.Renamed(person.Name, ref random), FormerName = person.Name }, person.Number, "");
                break;
            case 1: // Somebody who was not in the register.
                text.Append("upsert,");
                DemoRegisterFile.AppendRow(text, person with { Name = DemoNames.Draw(ref random), FormerName = "", Born = BornOf(unused), Male = (unused[16] & 1) == 1 }, unused, "");
                break;
            case 2:
                text.Append("cancel,");
                DemoRegisterFile.AppendRow(text, person, person.Number, "");
                break;
            default: // The number itself is replaced.
                text.Append("replace,");
                DemoRegisterFile.AppendRow(text, person, person.Number, unused);
                break;
        }

        text.Append('\n');
    }

    private static DateOnly BornOf(string number) => DateOnly.ParseExact(number.AsSpan(6, 8), "yyyyMMdd");
}
