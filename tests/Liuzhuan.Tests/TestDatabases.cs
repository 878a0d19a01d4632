namespace Liuzhuan.Tests;

/// <summary>The databases every data test runs on.</summary>
public static class TestDatabases
{
    /// <summary>A connection string to a PostgreSQL server on which databases may be made; null without one. <c>./test</c> starts a server of its own.</summary>
    internal static readonly string? Postgres = Environment.GetEnvironmentVariable("LIUZHUAN_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    /// <summary>"sqlite" always, "postgres" where LIUZHUAN_TEST_POSTGRES names a server.</summary>
    public static TheoryData<string> All => Postgres is null ? ["sqlite"] : ["sqlite", "postgres"];
}
