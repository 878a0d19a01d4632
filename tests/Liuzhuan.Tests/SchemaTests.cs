using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests;

public class SchemaTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Migrating_twice_changes_nothing(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database);
        Assert.Empty(await Migrator.MigrateAsync(made.Store, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Six_processes_may_migrate_at_once(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database, migrate: false);
        var ran = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var store = made.OpenAgain();
            return await Migrator.MigrateAsync(store, CancellationToken.None);
        })));
        Assert.Equal(Migrator.Steps(made.Store.Dialect), ran.SelectMany(steps => steps).Order(StringComparer.Ordinal));
    }
}
