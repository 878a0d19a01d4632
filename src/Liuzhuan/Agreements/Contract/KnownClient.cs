using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Agreements.Contract;

/// <summary>A client in force, with its keys and grants, as of one reading of the access list.</summary>
/// <param name="Agency">Unified social credit code of its agency.</param>
internal sealed record KnownClient(RegisteredClient Machine, string Agency, IReadOnlyList<AccessGrant> Grants)
{
    public string Id => Machine.Id;
}
