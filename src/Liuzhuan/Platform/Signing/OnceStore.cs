using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.Signing;

/// <summary>Remembers what may be used once: nonces of requests, ids of assertions. Several hosts need one that they share.</summary>
internal abstract class OnceStore
{
    /// <param name="scope">Whose value it is, so that nobody can use up another's.</param>
    /// <param name="made">When its owner says that it was made.</param>
    /// <param name="until">From when on the value would be refused for its age anyway, and need not be remembered.</param>
    public abstract ValueTask<OnceUse> UseAsync(string scope, string value, DateTimeOffset made, DateTimeOffset until, CancellationToken stop);

    /// <summary>Scope and value as 16 bytes: two that share them would have to be looked for with 2^64 tries.</summary>
    protected static UInt128 Digest(string scope, string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{value}"), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

/// <summary>What the store can say of a value.</summary>
internal enum OnceUse
{
    /// <summary>Never used before; it is now.</summary>
    First,

    /// <summary>Used before.</summary>
    Again,

    /// <summary>It cannot be told: made before the store began, or the store is full. To be refused, with the advice to sign anew.</summary>
    Unknown,
}
