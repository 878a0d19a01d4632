using System.Data;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Tests.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Tests;

public class SchemaTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_mapped_column_exists_and_every_column_of_a_mapped_table_is_mapped(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database);
        await using var db = made.Store.CreateDb();
        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            await using var command = connection.Command(null, $"select * from {TableShape.Quote(table.Name)} where 1 = 0");
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly);
            Assert.Equal(table.Columns.Select(column => column.Name).Order(), Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Order());
        }
    }

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no PostgreSQL server.");
        var shapes = new List<string[]>();
        foreach (var database in new[] { "sqlite", "postgres" })
        {
            await using var made = await TestDatabase.CreateAsync(database);
            await using var snapshot = await DatabaseSnapshot.OpenAsync(made.Store, CancellationToken.None);
            shapes.Add([.. snapshot.Tables.Select(table => table.Heading)]);
        }

        Assert.NotEmpty(shapes[0]);
        Assert.Equal(shapes[0], shapes[1]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Migrating_twice_changes_nothing(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database);
        Assert.Empty(await Migrator.MigrateAsync(made.Store, CancellationToken.None));
        Assert.Empty(await Migrator.MissingAsync(made.Store, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_command_brings_up_to_date_what_is_not_and_refuses_what_a_service_refuses(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database, migrate: false);
        var steps = Migrator.Steps(made.Store.Dialect);
        await Migrator.MigrateAsync(made.Store, CancellationToken.None, upTo: steps[^2][..4]);

        await Migrator.MigrateUnlessNewestAsync(made.Store, CancellationToken.None);
        Assert.Empty(await Migrator.MissingAsync(made.Store, CancellationToken.None));
        await Migrator.MigrateUnlessNewestAsync(made.Store, CancellationToken.None);

        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        foreach (var (spoil, mend, code) in new[]
                 {
                     ($"create table {Migrator.UnfinishedTable} (id integer)", $"drop table {Migrator.UnfinishedTable}", "data.unfinished"),
                     ("insert into schema_steps (name) values ('9999-time-travel.sql')", "delete from schema_steps where name like '9999%'", "data.newer"),
                 })
        {
            await connection.ExecuteAsync(null, spoil, CancellationToken.None);
            Assert.Equal(code, (await Assert.ThrowsAsync<DataRefusedException>(() => Migrator.MigrateUnlessNewestAsync(made.Store, CancellationToken.None))).Refusal.Code);
            await connection.ExecuteAsync(null, mend, CancellationToken.None);
        }
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

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_of_a_newer_program_is_refused_with_a_sentence(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database);
        await using (var connection = await made.Store.OpenAsync(CancellationToken.None))
            await connection.ExecuteAsync(null, "insert into schema_steps (name) values ('9999-time-travel.sql')", CancellationToken.None);
        var refused = await Assert.ThrowsAsync<DataRefusedException>(() => Migrator.MigrateAsync(made.Store, CancellationToken.None));
        Assert.Equal("data.newer", refused.Refusal.Code);
        Assert.Contains("9999-time-travel", refused.Refusal.Chinese, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<DataRefusedException>(() => DatabaseSnapshot.OpenAsync(made.Store, CancellationToken.None));
        Assert.Equal("data.newer", refused.Refusal.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_stored_under_every_earlier_schema_survives_the_upgrade(string database)
    {
        foreach (var step in Migrator.Steps(Dialect.Sqlite).Select(step => step[..4]).Distinct())
        {
            await using var made = await TestDatabase.CreateAsync(database, migrate: false);
            await Migrator.MigrateAsync(made.Store, CancellationToken.None, upTo: step);
            await FilledDatabase.FillAsync(made.Store);
            var before = new List<(TableShape Table, TableSum Sum)>();
            await using (var old = await DatabaseSnapshot.OpenAsync(made.Store, CancellationToken.None))
            {
                foreach (var table in old.Tables) before.Add((table, await FilledDatabase.SumAsync(old, table)));
            }

            var ran = await Migrator.MigrateAsync(made.Store, CancellationToken.None);
            Assert.DoesNotContain(ran, name => string.CompareOrdinal(name[..4], step) <= 0);
            await using var upgraded = await DatabaseSnapshot.OpenAsync(made.Store, CancellationToken.None);
            foreach (var (table, sum) in before) Assert.Equal(sum, await FilledDatabase.SumAsync(upgraded, table));
        }
    }
}
