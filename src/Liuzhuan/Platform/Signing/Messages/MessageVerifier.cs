using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Decides whether a message was signed by whom it says, covers what it must, and is fresh. Whether its nonce was seen before is for the caller to ask.</summary>
internal static class MessageVerifier
{
    /// <param name="find">Gives the key that a key id stands for; null when nobody registered it.</param>
    public static Result<VerifiedSignature> Verify(HttpMessage message, SignaturePolicy policy, Func<string, VerifyingKey?> find, DateTimeOffset now)
    {
        if (!SignatureFields.Read(message, policy.Tag).Ok(out var received, out var unreadable)) return unreadable;
        var input = received.Input;
        if (Coverage(message, policy, input) is { } uncovered) return SignatureRefusals.NotCovered(uncovered);
        if (Freshness(policy, input, now) is { } stale) return stale;
        if (policy.NonceRequired && string.IsNullOrEmpty(input.Nonce)) return SignatureRefusals.NoNonce;
        if (input.KeyId is null || find(input.KeyId) is not { } key) return SignatureRefusals.UnknownKey;

        // The key says how it signs; what the message says of that may agree or be refused, never decide (RFC 9421 section 7.3.6).
        if (input.Algorithm is { } algorithm && algorithm != AlgorithmName(key.Suite)) return SignatureRefusals.Algorithm;

        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            if (!text.TryBuild(message, input.Components, received.Parameters.Span)) return SignatureRefusals.PartMissing;
            return key.Verify(text.Bytes, received.Signature) ? new VerifiedSignature(key, input, received.Label) : SignatureRefusals.Wrong;
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>The name of a suite in the registry of RFC 9421 section 6.2.2; SM2 is not registered and has a name of our own.</summary>
    public static string AlgorithmName(SigningSuite suite) => suite.Id switch
    {
        "ES256" => "ecdsa-p256-sha256",
        "Ed25519" => "ed25519",
        "SM2-SM3" => "sm2-sm3",
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite.Id, "This suite has no name in message signatures."),
    };

    private static string? Coverage(HttpMessage message, SignaturePolicy policy, SignatureInput input)
    {
        for (var i = 0; i < policy.Required.Count; i++)
        {
            if (!input.Covers(policy.Required[i])) return policy.Required[i].ToString();
        }

        for (var i = 0; i < policy.RequiredWhenPresent.Count; i++)
        {
            var name = policy.RequiredWhenPresent[i];
            if (!input.Covers(new Component(name)) && message.Field(name).Count > 0) return new Component(name).ToString();
        }

        return null;
    }

    private static Refusal? Freshness(SignaturePolicy policy, SignatureInput input, DateTimeOffset now)
    {
        if (input.Created is not { } created) return SignatureRefusals.NoCreated;
        var (second, skew) = (now.ToUnixTimeSeconds(), (long)policy.Skew.TotalSeconds);
        if (created > second + skew) return SignatureRefusals.FromTheFuture;
        if (second - created > (long)policy.MaxAge.TotalSeconds + skew) return SignatureRefusals.TooOld;
        return input.Expires is { } expires && (expires < created || second > expires + skew) ? SignatureRefusals.TooOld : null;
    }
}

/// <summary>A signature that holds.</summary>
/// <param name="Key">The key that made it.</param>
internal sealed record VerifiedSignature(VerifyingKey Key, SignatureInput Input, string Label);
