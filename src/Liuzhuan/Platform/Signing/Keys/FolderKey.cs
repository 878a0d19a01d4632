namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>A signing key of the folder, with the time in which it signed.</summary>
/// <param name="Generation">1 for the first key of its purpose and suite; the highest signs.</param>
/// <param name="RetiredAt">When the next generation took over; null for the one that signs.</param>
internal sealed record FolderKey(string Purpose, SigningKey Key, int Generation, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    public VerifyingKey Public { get; } = VerifyingKey.Of(Key);
}

/// <summary>A symmetric key of the folder: 32 random bytes.</summary>
internal sealed record FolderSecret(string Purpose, ReadOnlyMemory<byte> Bytes, int Generation, DateTimeOffset CreatedAt);
