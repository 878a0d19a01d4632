using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching;

/// <summary>An open register: a memory-mapped snapshot and the overlay of changes since. Safe to use from many threads.</summary>
public sealed class Register : IDisposable
{
    /// <summary>Opens a snapshot and its overlay. Checks header, sizes, section table and schema digest, not yet the section contents.</summary>
    /// <exception cref="RegisterException">The file is missing, truncated, corrupt, foreign or newer; the message says which and what to do.</exception>
    public static Register Open(string path, Func<string, RegisterSchema?> findSchema) => throw new NotSupportedException("engine");

    public RegisterSchema Schema => throw new NotSupportedException("engine");

    /// <summary>The instant at which the data was true; later when the overlay holds newer changes.</summary>
    public DateTimeOffset AsOf => throw new NotSupportedException("engine");

    /// <summary>SHA-256 in lower-case hex that stands for the whole content of snapshot and overlay.</summary>
    public string Digest => throw new NotSupportedException("engine");

    /// <summary>Number of records.</summary>
    public long Count => throw new NotSupportedException("engine");

    /// <summary>Verifies the checksums of all sections, once; later calls return at once.</summary>
    /// <exception cref="RegisterException">A section is damaged; the message names it.</exception>
    public void VerifySections(CancellationToken stop) => throw new NotSupportedException("engine");

    /// <summary>Picks up an overlay that was written since, if any. True when something changed.</summary>
    public bool Refresh() => throw new NotSupportedException("engine");

    public void Dispose() { }
}

/// <summary>A register or changes file that cannot be used; the message names cause, place and remedy, in English; <see cref="Code"/> is stable.</summary>
public sealed class RegisterException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code: register_missing, register_truncated, register_corrupt, register_foreign, register_newer, register_schema, input_unreadable, input_columns, input_rejected, changes_unreadable, output_exists, ...</summary>
    public string Code { get; } = code;
}
