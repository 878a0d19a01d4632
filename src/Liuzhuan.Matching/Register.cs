using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching;

/// <summary>An open register: a memory-mapped snapshot and the overlay of changes since. Safe to use from many threads.</summary>
public sealed class Register : IDisposable
{
    private readonly Func<string, RegisterSchema?> _findSchema;
    private readonly string _path;
    private readonly Lock _refreshing = new();
    private volatile RegisterView _view;
    private readonly bool _isResident;
    private FileStamp _stamp;

    private Register(string path, Func<string, RegisterSchema?> findSchema, RegisterView view, FileStamp stamp, bool isResident) =>
        (_path, _findSchema, _view, _stamp, _isResident) = (path, findSchema, view, stamp, isResident);

    /// <summary>Opens a snapshot and its overlay. Checks header, sizes, section table and schema digest, not yet the contents of the large sections.</summary>
    /// <exception cref="RegisterException">The file is missing, truncated, corrupt, foreign or newer; the message says which and what to do.</exception>
    /// <param name="findSchema">The schema of an id, or null.</param>
    /// <param name="isResident">Copy what every question reads into large pages of memory: worth it for a service, not for one short command.</param>
    public static Register Open(string path, Func<string, RegisterSchema?> findSchema, bool isResident = false)
    {
        var stamp = FileStamp.Of(path);
        return new Register(path, findSchema, RegisterView.Open(path, findSchema, isResident), stamp, isResident);
    }

    /// <summary>The files that a register at this path consists of, there or not: no result may be written over them.</summary>
    public static string[] FilesOf(string path) => [path, path + OverlayFile.Suffix];

    public RegisterSchema Schema => _view.Snapshot.Schema;

    /// <summary>The instant at which the data was true; later when the overlay holds newer changes.</summary>
    public DateTimeOffset AsOf => _view.AsOf;

    /// <summary>SHA-256 in lower-case hex that stands for the whole content of snapshot and overlay.</summary>
    public string Digest => _view.Digest;

    /// <summary>Number of records in the snapshot.</summary>
    public long Count => _view.Snapshot.Header.Records;

    /// <summary>Number of keys changed since the snapshot.</summary>
    public int Changes => _view.Overlay.Count;

    /// <summary>Stands for the register's present content: another object after each <see cref="Refresh"/> that changed something, the same on a pinned one.</summary>
    public object State => _view;

    /// <summary>What questions are answered from: snapshot and overlay of one instant.</summary>
    internal RegisterView View => _view;

    /// <summary>The register as it is now, for a batch that must be answered from one instant; later changes do not reach it.</summary>
    public Register Pin() => new(_path, _findSchema, _view, _stamp, _isResident);

    /// <summary>Verifies the checksums of all sections, once; later calls return at once, and so does the first when this very file was found sound since the machine started, within a day (<see cref="CheckedMark"/>).</summary>
    /// <exception cref="RegisterException">A section is damaged; the message names it.</exception>
    public void VerifySections(CancellationToken stop) => _view.Snapshot.VerifySections(stop);

    /// <summary>Has the pages that every question reads entered into the address space: worth it before many questions, when <see cref="VerifySections"/> need not read them.</summary>
    public void EnterPages(CancellationToken stop) => _view.Snapshot.EnterPages(stop);

    /// <summary>Takes them out again, where a process is about to end: it would otherwise do so while everyone waits for it.</summary>
    public void LeavePages() => _view.Snapshot.LeavePages();

    /// <summary>Picks up a snapshot or overlay that was written since. True when something changed. Questions already running finish on what they began with.</summary>
    /// <exception cref="RegisterException">The new files cannot be used; the old ones stay in use.</exception>
    public bool Refresh()
    {
        lock (_refreshing)
        {
            var stamp = FileStamp.Of(_path);
            if (stamp == _stamp) return false;
            var fresh = RegisterView.Open(_path, _findSchema, _isResident);
            (_view, _stamp) = (fresh, stamp);
            return true;
        }
    }

    /// <summary>Nothing to release at once: the mapping goes when the last question that uses it has ended.</summary>
    public void Dispose()
    {
    }

    // Changes when either file is replaced or grows.
    private readonly record struct FileStamp(long Length, DateTime Written, long OverlayLength, DateTime OverlayWritten)
    {
        public static FileStamp Of(string path)
        {
            var snapshot = new FileInfo(path);
            var overlay = new FileInfo(path + OverlayFile.Suffix);
            return new FileStamp(
                snapshot.Exists ? snapshot.Length : -1, snapshot.Exists ? snapshot.LastWriteTimeUtc : default,
                overlay.Exists ? overlay.Length : -1, overlay.Exists ? overlay.LastWriteTimeUtc : default);
        }
    }
}

/// <summary>A register or changes file that cannot be used; the message names cause, place and remedy, in English; <see cref="Code"/> is stable.</summary>
public sealed class RegisterException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code: register_missing, register_unreadable, register_truncated, register_corrupt, register_foreign, register_newer, register_schema, register_overlay, register_busy, input_unreadable, input_encoding, input_columns, input_empty, input_rejected, changes_columns.</summary>
    public string Code { get; } = code;

    /// <summary>Which cause it is, where a code has several that need sentences of their own (damaged, twice, directory); otherwise empty.</summary>
    public string Cause { get; init; } = "";

    /// <summary>The place or figures of the sentence without its words, for a sentence in another language; empty when there is none.</summary>
    public string Detail { get; init; } = "";
}
