using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>By whom and why persons were looked up, in the words in which they will read it.</summary>
internal sealed record AccessEvent
{
    /// <summary>Who asked, by name.</summary>
    public required string Agency { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The article on which it was asked.</summary>
    public required string Provision { get; init; }

    /// <summary>What was asked; several facts are joined by a comma.</summary>
    public required string Fact { get; init; }

    /// <summary>A lawful delay: until then the persons do not see the access. Null for none.</summary>
    public DateTimeOffset? RevealedAt { get; init; }

    /// <summary>Equal exactly for events that say the same.</summary>
    public byte[] ContextDigest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var word in new[] { Agency, Purpose, Provision, Fact })
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
