using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Platform.Api;

/// <summary>A machine of an agency, as the interface needs to know it.</summary>
/// <param name="Agency">Unified social credit code of the agency.</param>
/// <param name="Keys">Its keys in force, by key id.</param>
/// <param name="Certificates">Thumbprints of the certificates it may present (SHA-256, base64url).</param>
internal sealed record ApiClient(string Id, string Agency, IReadOnlyDictionary<string, VerifyingKey> Keys, IReadOnlySet<string> Certificates);

/// <summary>Who may call: kept by a capability, asked by the interface.</summary>
internal interface IApiClients
{
    /// <summary>The client with this id, or null when it is unknown or disabled.</summary>
    ValueTask<ApiClient?> FindAsync(string id, CancellationToken stop);

    /// <summary>The client whose certificate has this thumbprint, or null.</summary>
    ValueTask<ApiClient?> FindByCertificateAsync(string thumbprint, CancellationToken stop);
}
