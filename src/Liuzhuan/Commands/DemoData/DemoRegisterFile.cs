using System.Text;

namespace Liuzhuan.Commands.DemoData;

/// <summary>Writes people.csv: chunks are made in parallel and written in order, so the bytes depend on the seed alone.</summary>
internal static class DemoRegisterFile
{
    public const string Columns = "id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by";

    private const int ChunkPeople = 1 << 14, ChunksPerThread = 8;

    public static void Write(DemoPeople people, Stream output, Action<double> progress, CancellationToken stop)
    {
        output.Write(Encoding.UTF8.GetBytes(Columns + "\n"));
        var chunks = (int)((people.Count + ChunkPeople - 1) / ChunkPeople);
        var batch = Environment.ProcessorCount * ChunksPerThread;
        var pending = Task.Run(() => Batch(people, 0, Math.Min(batch, chunks), stop), stop);
        for (var first = 0; first < chunks; first += batch)
        {
            var made = pending.GetAwaiter().GetResult();
            var next = first + batch;
            pending = Task.Run(() => Batch(people, next, Math.Clamp(chunks - next, 0, batch), stop), stop);
            foreach (var text in made) output.Write(text);
            progress(Math.Min(next, chunks) / (double)chunks);
        }
    }

    /// <summary>One register line without its line end.</summary>
    public static void AppendRow(StringBuilder to, DemoPerson person, string number, string supersededBy)
    {
        to.Append(number).Append(',').Append(person.Name).Append(',').Append(person.Male ? '1' : '2').Append(',');
        Append(to, person.Born.Year, 4).Append('-');
        Append(to, person.Born.Month, 2).Append('-');
        Append(to, person.Born.Day, 2).Append(',');
        to.Append(person.Ethnicity).Append(',').Append(person.Division).Append(',').Append(supersededBy.Length > 0 ? "active" : person.Status).Append(',');
        to.Append(person.Household).Append(',').Append(person.Relation).Append(',').Append(person.FormerName).Append(',').Append(supersededBy);
    }

    private static byte[][] Batch(DemoPeople people, int first, int count, CancellationToken stop)
    {
        var texts = new byte[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = stop }, i => texts[i] = Chunk(people, first + i));
        return texts;
    }

    private static byte[] Chunk(DemoPeople people, int chunk)
    {
        var text = new StringBuilder(ChunkPeople * 72);
        var end = Math.Min(people.Count, (chunk + 1L) * ChunkPeople);
        for (var index = (long)chunk * ChunkPeople; index < end; index++)
        {
            var person = people[index];
            AppendRow(text, person, person.Number, "");
            text.Append('\n');
            if (person.OldNumber is not { } old) continue;
            AppendRow(text, person, old, person.Number);
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static StringBuilder Append(StringBuilder to, int value, int digits)
    {
        for (var unit = (int)Math.Pow(10, digits - 1); unit > 0; unit /= 10) to.Append((char)('0' + value / unit % 10));
        return to;
    }
}
