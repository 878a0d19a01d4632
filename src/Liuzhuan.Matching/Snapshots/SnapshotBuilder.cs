using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Builds a snapshot file from a CSV of records.</summary>
public static class SnapshotBuilder
{
    /// <exception cref="RegisterException">input_unreadable, input_columns (a key or required column is missing), input_rejected (more than the allowed share of rows rejected).</exception>
    public static BuildReport Build(BuildRequest request, IProgress<BuildProgress>? progress, CancellationToken stop) => throw new NotSupportedException("engine");
}

/// <param name="Schema">What the columns mean.</param>
/// <param name="Input">CSV in UTF-8 with a header line that has the schema's column names, in any order.</param>
/// <param name="Output">Snapshot file to write; rejected rows go to <c>Output + ".rejects.csv"</c>.</param>
/// <param name="AsOf">The instant the data was true.</param>
/// <param name="MaxRejectedShare">More than this share of rejected rows refuses the whole input (0.05 = 5 %).</param>
/// <param name="Threads">Degree of parallelism; the bytes written do not depend on it.</param>
public sealed record BuildRequest(RegisterSchema Schema, string Input, string Output, DateTimeOffset AsOf, double MaxRejectedShare = 0.05, int Threads = 0);

/// <param name="Rows">Data rows read.</param>
/// <param name="Records">Records in the snapshot.</param>
/// <param name="Rejected">Rows not taken, each written to the rejects file with its reason.</param>
/// <param name="UnknownColumns">Input columns that the schema does not know.</param>
/// <param name="MissingColumns">Optional schema columns that the input lacks.</param>
/// <param name="Bytes">Size of the snapshot file.</param>
/// <param name="Digest">The register digest, lower-case hex.</param>
public sealed record BuildReport(long Rows, long Records, long Rejected, IReadOnlyList<string> UnknownColumns, IReadOnlyList<string> MissingColumns, long Bytes, string Digest, TimeSpan Elapsed);

/// <param name="Stage">reading | encoding | writing.</param>
/// <param name="Share">0 to 1.</param>
public readonly record struct BuildProgress(string Stage, double Share);
