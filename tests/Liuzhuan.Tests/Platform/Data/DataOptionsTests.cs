using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Tests.Platform.Data;

public class DataOptionsTests
{
    private const string Password = "keep-this-to-yourself";

    [Theory]
    [InlineData("mysql", null, "data.provider")]
    [InlineData("Postgres", null, "data.provider")]
    [InlineData("postgres", null, "data.connection")]
    [InlineData("postgres", "Database=liuzhuan", "data.connection")]
    [InlineData("postgres", $"postgres://liuzhuan:{Password}@db.example/liuzhuan", "data.connection")]
    [InlineData("postgres", $"Host=db.example;Pasword={Password}", "data.connection")]
    [InlineData("postgres", $"Host=db.example;Port=many;Password={Password}", "data.connection")]
    [InlineData("sqlite", $"Host=db.example;Password={Password};", "data.connection")]
    [InlineData("sqlite", "/var/lib/liuzhuan.db", "data.connection")]
    [InlineData("sqlite", "Data Source=:memory:", "data.connection")]
    public void What_cannot_be_meant_is_refused_without_repeating_a_password(string provider, string? connection, string code)
    {
        Assert.False(DataOptions.Read(_ => null, provider, connection).Ok(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain(Password, refusal.Chinese + refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_provider_is_told_which_ones_there_are()
    {
        Assert.False(DataOptions.Read(name => name == "Data__Provider" ? "mysql" : null, null, null).Ok(out _, out var refusal));
        Assert.Contains("mysql", refusal.English, StringComparison.Ordinal);
        Assert.Contains("must be sqlite or postgres", refusal.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, "sqlite", "")]
    [InlineData("postgres", "Host=a", null, null, "postgres", "Host=a")]
    [InlineData("postgres", "Host=a", null, "Host=b", "postgres", "Host=b")]
    [InlineData("postgres", "Host=a", "sqlite", null, "sqlite", "")]
    [InlineData("sqlite", "Data Source=a.db", "postgres", "Host=b", "postgres", "Host=b")]
    [InlineData("", "", null, null, "sqlite", "")]
    public void The_command_line_comes_before_the_environment_whose_connection_belongs_to_its_provider(string? provider, string? connection, string? asked, string? askedConnection, string expected, string expectedConnection)
    {
        var read = DataOptions.Read(name => name == "Data__Provider" ? provider : name == "Data__Connection" ? connection : null, asked, askedConnection);
        var options = Value(read);
        Assert.Equal((expected, expectedConnection), (options.Provider, options.Connection));
    }

    [Fact]
    public void A_database_is_named_without_its_password()
    {
        using var store = new DataStore(new DataOptions { Provider = "postgres", Connection = $"Host=db.example;Port=1;Database=people;Username=u;Password={Password}" }, "unused");
        Assert.Equal("PostgreSQL db.example/people", store.Place);
    }

    private static T Value<T>(Result<T> result)
        where T : notnull
    {
        Assert.True(result.Ok(out var value, out var refusal), refusal?.English);
        return value!;
    }
}
