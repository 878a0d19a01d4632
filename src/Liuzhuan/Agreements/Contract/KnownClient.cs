using Liuzhuan.Platform.Api;

namespace Liuzhuan.Agreements.Contract;

/// <summary>A client in force, with its keys and grants, as of one reading of the access list.</summary>
internal sealed record KnownClient(ApiClient Machine, IReadOnlyList<AccessGrant> Grants)
{
    public string Id => Machine.Id;

    public string Agency => Machine.Agency;
}
