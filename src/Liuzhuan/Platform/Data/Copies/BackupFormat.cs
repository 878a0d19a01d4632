using System.Text.Json.Serialization;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>
/// A backup file: a line that says what it is, then frames. A frame is a letter, the length of its content (4 bytes, big-endian), the content, and SHA-256 over all three.
/// H is the header, T begins a table, R holds rows of it (<see cref="RowBlock"/>), D ends it with the number of rows and the table's digest,
/// K holds the sealed keys, and E ends the file with SHA-256 over the checksums of all frames before it.
/// </summary>
internal static class BackupFormat
{
    public const int Version = 1, ChecksumBytes = 32, HeadBytes = 1 + sizeof(int);

    /// <summary>No frame is longer: what claims to be is damaged.</summary>
    public const int LongestFrame = 1 << 30;

    public static ReadOnlySpan<byte> FirstLine => "LIUZHUAN BACKUP\n"u8;
}

/// <summary>What a frame holds.</summary>
internal enum FrameKind : byte
{
    Header = (byte)'H',
    Table = (byte)'T',
    Rows = (byte)'R',
    TableEnd = (byte)'D',
    Keys = (byte)'K',
    End = (byte)'E',
}

/// <summary>The header of a backup.</summary>
/// <param name="Format">The version of the file's form.</param>
/// <param name="Program">The version of the program that wrote it.</param>
/// <param name="Provider">The database it was taken from; it can be restored into either.</param>
/// <param name="Steps">The schema steps that database had had.</param>
/// <param name="HasKeys">Whether the keys are in it, sealed.</param>
internal sealed record BackupHeader(int Format, string Program, string Provider, DateTimeOffset MadeAt, IReadOnlyList<string> Steps, bool HasKeys);

/// <summary>What a backup was found to hold when all of it had been read and checked.</summary>
/// <param name="Digest">SHA-256 over the checksums of all frames: two backups with the same digest are the same.</param>
internal sealed record BackupContents(BackupHeader Header, IReadOnlyList<TableSum> Tables, string Digest, long Bytes)
{
    public long Rows => Tables.Sum(table => table.Rows);
}

[JsonSerializable(typeof(BackupHeader))]
[JsonSerializable(typeof(TableShape))]
[JsonSerializable(typeof(TableSum))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class BackupJson : JsonSerializerContext;
