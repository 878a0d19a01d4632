using System.Security.Cryptography;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Platform.Files;

/// <summary>A file that appears under its name whole or not at all: written beside it, flushed to the disk, then renamed.</summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private long _finished = -1;
    private bool _placed;

    private ReplacedFile(string target, string temporary, FileStream stream) => (_target, _temporary, Stream) = (target, temporary, stream);

    public FileStream Stream { get; }

    /// <summary>The file while it is being written.</summary>
    public string TemporaryPath => _temporary;

    /// <summary>Opens a temporary file with an unguessable name in the directory of <paramref name="path"/>; a link is followed to what it points to.</summary>
    public static ReplacedFile Create(string path)
    {
        var target = FileIdentity.Real(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target) ?? ".", $".{Path.GetFileName(target)}.{HexText.Lower(RandomNumberGenerator.GetBytes(8))}.tmp");
        var file = new ReplacedFile(target, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 1));
        DurableFile.RemoveLeftovers(target, temporary);
        return file;
    }

    /// <summary>Flushes what was written to the disk; what remains is the rename, and nothing may be written any more. Until then it is held open, so that nobody takes it for a leftover.</summary>
    public void Finish()
    {
        // To ask the disk again has its price, even when there is nothing left to bring to it.
        if (!Stream.CanWrite || _finished == Stream.Length) return;
        Stream.Flush(flushToDisk: true);
        _finished = Stream.Length;
    }

    /// <summary>Puts the file in place, replacing one that is there.</summary>
    /// <param name="isPassing">The file need not outlive this process: then it is not brought to the disk.</param>
    public void Place(bool isPassing = false)
    {
        if (isPassing) Stream.Flush();
        else Finish();
        File.Move(_temporary, _target, overwrite: true);
        _placed = true;
        Stream.Dispose();
    }

    /// <summary>Removes the temporary file unless it was put in place.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_placed) File.Delete(_temporary);
    }
}
