using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liuzhuan.Agreements;

/// <summary>What a client may ask: one fact, for one purpose, on one provision, about the named fields, for a time.</summary>
internal sealed class Grant
{
    public required Guid Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Code of a fact in data/facts/facts.yaml.</summary>
    public required string Fact { get; init; }

    /// <summary>Code of the purpose, as the question must state it.</summary>
    public required string Purpose { get; init; }

    /// <summary>The article the access rests on.</summary>
    public required string Provision { get; init; }

    /// <summary>Fields that may be compared and named, joined by a comma.</summary>
    public required string Fields { get; init; }

    /// <summary>False: a superseded number is answered as not in register.</summary>
    public required bool AnswerSuperseded { get; init; }

    /// <summary>For how many days at most the person may be kept from seeing that they were asked about (case secrecy); 0 for never.</summary>
    public required int SealDays { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Exclusive; null for no end.</summary>
    public DateTimeOffset? ValidTo { get; set; }
}

internal sealed class GrantTable : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> builder) => builder.ToTable("grants");
}
