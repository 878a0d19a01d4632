using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>What <c>register info</c> shows.</summary>
public sealed record RegisterInfo(
    string Path, int FormatVersion, string SchemaId, int SchemaVersion, string SchemaDigest, DateTimeOffset AsOf, long Records, long Keys,
    long Bytes, long OverlayBytes, string Digest, IReadOnlyList<SectionInfo> Sections)
{
    /// <summary>Reads header and section table only.</summary>
    /// <exception cref="RegisterException">As for <see cref="Register.Open"/>.</exception>
    public static RegisterInfo Read(string path)
    {
        using var file = Snapshot.OpenFile(path);
        var (page, header) = Snapshot.ReadHeader(file, path);
        var schema = new byte[header[Section.Schema].Length];
        RandomAccess.Read(file.SafeFileHandle, schema, header[Section.Schema].Offset);
        var first = Encoding.UTF8.GetString(schema).Split('\n')[0].Split(' ');
        var overlay = new FileInfo(path + OverlayFile.Suffix);
        return new RegisterInfo(
            path, header.Version, first[0], int.TryParse(first.ElementAtOrDefault(1), out var version) ? version : 0, Convert.ToHexStringLower(header.SchemaDigest),
            header.AsOf, header.Records, header.Keys, header.FileLength, overlay.Exists ? overlay.Length : 0, SnapshotHeader.Digest(page),
            [.. header.Sections.Select((entry, i) => new SectionInfo(((Section)i).ToString(), entry.Offset, entry.Length))]);
    }

    /// <summary>Reads the whole file and checks every checksum and SHA-256; gives back the damaged sections (none: sound). The changes beside a sound one are read, too.</summary>
    /// <exception cref="RegisterException">As for <see cref="Register.Open"/>: register_overlay for damaged changes.</exception>
    public static IReadOnlyList<string> Check(string path, CancellationToken stop)
    {
        using var file = Snapshot.OpenFile(path);
        var (page, header) = Snapshot.ReadHeader(file, path);
        var damaged = new List<string>();
        var buffer = new byte[1 << 20];
        for (var i = 0; i < header.Sections.Length; i++)
        {
            var entry = header.Sections[i];
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var sum = new Checksum();
            var isSound = true;
            for (long at = 0; ; at += buffer.Length)
            {
                stop.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Length - at));
                isSound &= RandomAccess.Read(file.SafeFileHandle, piece, entry.Offset + at) == piece.Length;
                sha.AppendData(piece);
                if (at + buffer.Length < entry.Length)
                {
                    sum.Add(piece);
                    continue;
                }

                isSound &= sum.Finish(piece) == entry.Checksum;
                break;
            }

            if (!isSound || !sha.GetHashAndReset().AsSpan().SequenceEqual(entry.Sha256)) damaged.Add(((Section)i).ToString());
        }

        if (!GapsAreZero(file, header, stop)) damaged.Add("Padding");
        if (damaged.Count > 0) return damaged;
        var digest = SnapshotHeader.Digest(page);
        try
        {
            OverlayFile.Read(path, digest, header.MergedFrom);
        }
        catch (RegisterException) when (!Snapshot.IsStill(path, digest))
        {
            // Another register was put in place meanwhile, and the changes are that one's.
            return Check(path, stop);
        }

        return damaged;
    }

    // Between sections lie zeros up to the next page; anything else there was not written by a builder.
    private static bool GapsAreZero(FileStream file, SnapshotHeader header, CancellationToken stop)
    {
        long at = SnapshotHeader.PageSize;
        var gap = new byte[SnapshotHeader.PageSize];
        foreach (var entry in header.Sections.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length).Append(new SectionEntry(header.FileLength, 0, 0, [])))
        {
            stop.ThrowIfCancellationRequested();
            while (at < entry.Offset)
            {
                var piece = gap.AsSpan(0, (int)Math.Min(gap.Length, entry.Offset - at));
                if (RandomAccess.Read(file.SafeFileHandle, piece, at) != piece.Length || piece.ContainsAnyExcept((byte)0)) return false;
                at += piece.Length;
            }

            at = entry.Offset + entry.Length;
        }

        return true;
    }
}

/// <param name="Name">Section name.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Length">Bytes.</param>
public sealed record SectionInfo(string Name, long Offset, long Length);
