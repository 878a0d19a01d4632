namespace Liuzhuan.Matching.Snapshots;

/// <summary>What <c>register info</c> shows.</summary>
public sealed record RegisterInfo(
    string Path, int FormatVersion, string SchemaId, int SchemaVersion, string SchemaDigest, DateTimeOffset AsOf, long Records, long Keys,
    long Bytes, long OverlayChanges, string Digest, IReadOnlyList<SectionInfo> Sections)
{
    /// <summary>Reads header and section table only.</summary>
    /// <exception cref="RegisterException">As for <see cref="Register.Open"/>.</exception>
    public static RegisterInfo Read(string path) => throw new NotSupportedException("engine");

    /// <summary>Reads the whole file and checks every checksum and digest; gives back the damaged sections (empty: sound).</summary>
    public static IReadOnlyList<string> Check(string path, CancellationToken stop) => throw new NotSupportedException("engine");
}

/// <param name="Name">Section name.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Length">Bytes.</param>
public sealed record SectionInfo(string Name, long Offset, long Length);
