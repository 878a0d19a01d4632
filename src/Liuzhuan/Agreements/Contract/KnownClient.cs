namespace Liuzhuan.Agreements.Contract;

/// <summary>A client in force, with its keys and grants, as of one reading of the access list.</summary>
/// <param name="Keys">By key id.</param>
internal sealed record KnownClient(string Id, string Agency, IReadOnlyDictionary<string, KnownKey> Keys, IReadOnlyList<AccessGrant> Grants);

/// <summary>A key in force.</summary>
internal sealed record KnownKey(string KeyId, string Suite, ReadOnlyMemory<byte> PublicKey);
