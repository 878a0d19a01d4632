using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Copies one database into another, whichever kinds they are, as of one instant, and proves it by comparing digests of every table. The source stays as it is.</summary>
internal static class CopyDatabase
{
    /// <summary>What was copied, table by table.</summary>
    public static async Task<Result<IReadOnlyList<TableSum>>> RunAsync(DataStore source, DataStore target, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        if (source.Place == target.Place) return DataRefusals.SameDatabase(source.Place);
        await using var snapshot = await DatabaseSnapshot.OpenAsync(source, stop);
        if (!(await DatabaseLoad.BeginAsync(target, snapshot.Steps, replace: false, stop)).Ok(out var load, out var refusal)) return refusal;
        await using (load)
        {
            var (sums, rows) = (new List<TableSum>(), 0L);
            foreach (var table in snapshot.Tables)
            {
                if (!(await load.WriteAsync(table, Blocks(table), stop)).Ok(out var sum, out refusal)) return refusal;
                sums.Add(sum);
            }

            var compared = 0;
            if (await load.FinishAsync(sums, _ => progress?.Report(new("comparing", ++compared / (double)sums.Count, rows)), null, stop) is { } differs) return differs;
            return sums;

            async IAsyncEnumerable<(ReadOnlyMemory<byte>, int)> Blocks(TableShape table)
            {
                await foreach (var block in snapshot.ReadAsync(table, stop))
                {
                    rows += block.Rows;
                    progress?.Report(new("copying", sums.Count / (double)snapshot.Tables.Count, rows));
                    yield return (block.Bytes, block.Rows);
                }
            }
        }
    }
}
