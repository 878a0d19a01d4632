using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Platform.Data;

/// <summary>The one unit of work. Capabilities add their tables through IEntityTypeConfiguration in their own folder.</summary>
internal sealed partial class LiuzhuanDb(DbContextOptions<LiuzhuanDb> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (Database.IsSqlite()) configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantAsMicroseconds>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LiuzhuanDb).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(WordStart.Replace(property.Name, "_$0").ToLowerInvariant());
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart { get; }
}
