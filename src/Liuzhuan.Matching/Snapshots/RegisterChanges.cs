using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Applies changes files to a register as a durable overlay beside the snapshot, and merges the overlay into a new snapshot.</summary>
public static class RegisterChanges
{
    /// <summary>Adds the changes of a CSV (column <c>change</c>: upsert | cancel | replace, then the register columns) to the overlay. Durable when it returns; a running service picks it up.</summary>
    public static ApplyReport Apply(string register, string changes, Func<string, RegisterSchema?> findSchema, CancellationToken stop) => throw new NotSupportedException("engine");

    /// <summary>Writes snapshot plus overlay into a new snapshot and swaps it in atomically. A crash leaves the old or the new file.</summary>
    public static BuildReport Merge(string register, Func<string, RegisterSchema?> findSchema, IProgress<BuildProgress>? progress, CancellationToken stop) => throw new NotSupportedException("engine");
}

/// <param name="Applied">Changes now in the overlay.</param>
/// <param name="Rejected">Changes that name no record or more than one, or cannot be read.</param>
public sealed record ApplyReport(long Applied, IReadOnlyList<RejectedChange> Rejected);

/// <param name="Line">Line in the changes file, from 1.</param>
/// <param name="Code">Stable reason code.</param>
/// <param name="Message">Cause and remedy.</param>
public sealed record RejectedChange(long Line, string Code, string Message);
