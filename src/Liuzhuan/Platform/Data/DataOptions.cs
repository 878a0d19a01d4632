using System.ComponentModel.DataAnnotations;

namespace Liuzhuan.Platform.Data;

/// <summary>Section "Data": where state is kept. SQLite in the data folder is the default; PostgreSQL is for services of several hosts.</summary>
internal sealed class DataOptions
{
    /// <summary>"sqlite" (embedded, the default) or "postgres" (15 or later).</summary>
    [Required, RegularExpression("sqlite|postgres")]
    public string Provider { get; init; } = "sqlite";

    /// <summary>The connection string of the provider. Empty with SQLite: the file liuzhuan.db in the data folder.</summary>
    public string Connection { get; init; } = "";
}
