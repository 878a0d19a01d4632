namespace Liuzhuan.Platform.Data;

/// <summary>What a column holds, in the terms that both databases share.</summary>
internal enum ColumnKind : byte
{
    /// <summary>A whole number of up to 64 bits.</summary>
    Integer = 1,

    /// <summary>False or true; 0 or 1 on SQLite.</summary>
    Boolean = 2,

    /// <summary>UTC to the microsecond; microseconds since 1970 on SQLite.</summary>
    Instant = 3,

    /// <summary>A UUID; upper-case text on SQLite, as EF Core writes it.</summary>
    Uuid = 4,

    /// <summary>Characters; compared by the bytes of their UTF-8 where order matters.</summary>
    Text = 5,

    /// <summary>Bytes.</summary>
    Bytes = 6,
}
