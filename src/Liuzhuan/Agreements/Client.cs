using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liuzhuan.Agreements;

/// <summary>A machine of an agency that may ask, by its OAuth client id.</summary>
internal sealed class Client
{
    public required string Id { get; init; }

    /// <summary>Unified social credit code of the agency (GB 32100).</summary>
    public required string Agency { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A public key by which a client is known.</summary>
internal sealed class ClientKey
{
    public const string Certificate = "x509";

    public required string ClientId { get; init; }

    /// <summary>RFC 7638 thumbprint; for a certificate the SHA-256 of its DER form, base64url (RFC 8705).</summary>
    public required string KeyId { get; init; }

    /// <summary>Signing suite, or <see cref="Certificate"/>.</summary>
    public required string Suite { get; init; }

    /// <summary>In the suite's own encoding; empty for a certificate.</summary>
    public required byte[] PublicKey { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ClientTable : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder) => builder.ToTable("clients");
}

internal sealed class ClientKeyTable : IEntityTypeConfiguration<ClientKey>
{
    public void Configure(EntityTypeBuilder<ClientKey> builder) => builder.ToTable("client_keys").HasKey(key => new { key.ClientId, key.KeyId });
}
