namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>What the keys of the folder are for. One key, one purpose: a token can never pass for an answer.</summary>
internal static class KeyPurposes
{
    /// <summary>Checkpoints of the ledger (Ed25519).</summary>
    public const string Ledger = "ledger";

    /// <summary>Answers over HTTP (ES256).</summary>
    public const string Answers = "answers";

    /// <summary>Messages to gateways and webhooks (ES256).</summary>
    public const string Notices = "notices";

    /// <summary>Access tokens (ES256).</summary>
    public const string Tokens = "tokens";

    /// <summary>This service towards the provider of identities (ES256).</summary>
    public const string Provider = "provider";

    /// <summary>Keyed pseudonyms of people (a symmetric key).</summary>
    public const string Pseudonyms = "pseudonyms";

    /// <summary>The agency of the demonstration, which asks the questions of a newcomer.</summary>
    public const string DemoAgency = "demo-agency";
}
