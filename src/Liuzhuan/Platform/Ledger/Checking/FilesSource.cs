using System.Runtime.CompilerServices;
using System.Text;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>A log laid out as C2SP tlog-tiles says, wherever its files come from.</summary>
internal abstract class FilesSource : LogSource
{
    private const int Ahead = 8, LongestNote = 1 << 16;

    // How long the log says it is; only a hint at which of the partial files to look for.
    private long _held;

    public override async Task<string> CheckpointAsync(CancellationToken stop)
    {
        if (await ReadAsync("checkpoint", LongestNote, stop) is not { } bytes) return "";
        var text = Encoding.UTF8.GetString(bytes);
        if (SignedNote.Parse(text).Ok(out var note, out _) && Checkpoint.Parse(note.Text).Ok(out var checkpoint, out _)) _held = checkpoint.Size;
        return text;
    }

    public override async Task<byte[]?> TileAsync(TilePath path, CancellationToken stop)
    {
        var bytes = await EitherAsync(path, TilePath.Full * Merkle.TreeHash.Size, stop);
        return bytes?.Length >= path.Width * Merkle.TreeHash.Size ? bytes[..(path.Width * Merkle.TreeHash.Size)] : null;
    }

    public override async IAsyncEnumerable<LogPart> PartsAsync(long size, [EnumeratorCancellation] CancellationToken stop)
    {
        var (reading, next) = (new Queue<Task<byte[]?>>(), 0L);
        for (var number = 0L; number * TilePath.Full < size; number++)
        {
            for (; next * TilePath.Full < size && reading.Count < Ahead; next++) reading.Enqueue(EitherAsync(PathOf(next, size), EntryBundle.LongestBundle, stop));
            var width = PathOf(number, size).Width;
            var entries = await reading.Dequeue() is { } bundle ? EntryBundle.Read(bundle) : null;
            // A full bundle may stand where a partial one was asked for: the log has grown since.
            yield return new LogPart(number, entries is null ? new StoredLeaf?[width] : [.. entries.Take(width).Select(leaf => (StoredLeaf?)new StoredLeaf(leaf, null, null))]);
        }
    }

    /// <summary>The bytes of a file; null when there is none.</summary>
    /// <param name="longest">More bytes than this are not read: it is then no file of a log.</param>
    protected abstract Task<byte[]?> ReadAsync(string path, int longest, CancellationToken stop);

    private static TilePath PathOf(long number, long size) => new(TilePath.Entries, number, (int)Math.Min(TilePath.Full, size - number * TilePath.Full));

    private async Task<byte[]?> EitherAsync(TilePath path, int longest, CancellationToken stop)
    {
        if (await ReadAsync(path.ToString(), longest, stop) is { } bytes) return bytes;
        if (path.Width < TilePath.Full && await ReadAsync(path.AsFull().ToString(), longest, stop) is { } full) return full;
        // The log may be shorter than a checkpoint promises: what there is of it is looked at all the same.
        return TilePath.Growing(path.Level, _held) is { } growing && growing.Number == path.Number && growing.Width < path.Width ? await ReadAsync(growing.ToString(), longest, stop) : null;
    }
}

/// <summary>An exported log in a directory.</summary>
internal sealed class DirectorySource(string directory) : FilesSource
{
    protected override async Task<byte[]?> ReadAsync(string path, int longest, CancellationToken stop)
    {
        var file = new FileInfo(Path.Combine(directory, path));
        return file.Exists && file.Length <= longest ? await File.ReadAllBytesAsync(file.FullName, stop) : null;
    }
}

/// <summary>A log served over HTTP.</summary>
internal sealed class HttpSource(HttpClient client, Uri address) : FilesSource
{
    private readonly Uri _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    protected override async Task<byte[]?> ReadAsync(string path, int longest, CancellationToken stop)
    {
        using var response = await client.GetAsync(new Uri(_base, path), HttpCompletionOption.ResponseHeadersRead, stop);
        if (response.StatusCode is System.Net.HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(longest, stop);
        return await response.Content.ReadAsByteArrayAsync(stop);
    }

    public override ValueTask DisposeAsync()
    {
        client.Dispose();
        return base.DisposeAsync();
    }
}
