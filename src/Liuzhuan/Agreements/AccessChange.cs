using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liuzhuan.Agreements;

/// <summary>The one row that counts changes of clients, keys and grants.</summary>
internal sealed class AccessChange
{
    public required int Id { get; init; }

    public required long Count { get; set; }
}

internal sealed class AccessChangeTable : IEntityTypeConfiguration<AccessChange>
{
    public void Configure(EntityTypeBuilder<AccessChange> builder) => builder.ToTable("access_changes");
}
