using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Exchange.Questions;

/// <summary>A request that is being answered.</summary>
/// <param name="Nonce">Of the request's signature, or one of our own when a certificate stands for it.</param>
/// <param name="SignedAt">When the request says that it was signed; null when a certificate stands for the signature.</param>
/// <param name="Kept">What an idempotency key asks to keep; null without one.</param>
internal sealed record AnsweredQuestion(string Client, string Nonce, DateTimeOffset? SignedAt, KeptAnswer? Kept)
{
    private const int DigestBytes = 16;

    /// <summary>Client and nonce in 16 bytes: two that share them would have to be looked for with 2^64 tries.</summary>
    public byte[] Digest { get; } = SHA256.HashData(Encoding.UTF8.GetBytes($"{Client}\n{Nonce}"))[..DigestBytes];
}

/// <summary>An answer to be given again byte for byte under its idempotency key.</summary>
internal sealed record KeptAnswer(string IdempotencyKey, byte[] BodyDigest, byte[] Salt, byte[] Answer, DateTimeOffset ExpiresAt);
