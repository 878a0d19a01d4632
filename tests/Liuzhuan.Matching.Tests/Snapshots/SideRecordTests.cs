using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class SideRecordTests
{
    [Fact]
    public void A_key_is_found_however_unevenly_the_keys_lie()
    {
        const int Bits = 33;
        var random = new Random(3);
        foreach (var count in new[] { 0, 1, 2, 3, 50, 5_000 })
        {
            // Evenly; all at the beginning; all at the end; and a few far from the rest.
            Func<ulong>[] draws =
            [
                () => (ulong)random.NextInt64(1L << Bits), () => (ulong)random.NextInt64(10_000), () => (1UL << Bits) - 1 - (ulong)random.NextInt64(10_000),
                () => random.Next(40) == 0 ? (ulong)random.NextInt64(1L << Bits) : (1UL << Bits - 1) + (ulong)random.NextInt64(10_000),
            ];
            foreach (var draw in draws)
            {
                var keys = Enumerable.Range(0, count).Select(_ => draw()).Distinct().Order().ToArray();
                for (var i = 0; i < keys.Length; i++) Assert.Equal(i, Snapshot.IndexOf(keys, keys[i], Bits));
                for (var i = 0; i < 200; i++)
                {
                    var other = draw();
                    Assert.Equal(Array.BinarySearch(keys, other) >= 0, Snapshot.IndexOf(keys, other, Bits) >= 0);
                }
            }
        }
    }

    [Fact]
    public void One_field_is_what_the_whole_record_says()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(6, 2000);
        people.WriteCsv(folder.File("people.csv"));
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)) { MaxRejectedShare = 1 }, null, CancellationToken.None);
        var snapshot = Snapshot.Open(folder.File("people.lzr"), TestSchemas.Find);
        var checkedKeys = 0;
        foreach (var replaced in people.Rows.Where(row => row[10].Length > 0).Select(row => row[0]).Distinct())
        {
            if (snapshot.KeyReader.Read(replaced, out var key, out var text) != Reasons.None || snapshot.RecordsOf(key, text) is not [var first, ..]) continue;
            for (var field = 0; field < snapshot.Schema.Fields.Count; field++) Assert.Equal(first.Values[field], snapshot.SideValue(key, field));
            checkedKeys++;
        }

        Assert.InRange(checkedKeys, 20, 2000);
        Assert.Throws<ArgumentException>(() => snapshot.SideValue(ulong.MaxValue, 0));
    }
}
