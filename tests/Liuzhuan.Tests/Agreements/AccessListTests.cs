using Liuzhuan.Agreements;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Signing;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Tests.Agreements;

public class AccessListTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_is_seen_within_a_second_and_a_disabled_client_is_gone(string database)
    {
        await using var data = await TestDatabase.CreateAsync(database);
        var clock = new TestClock(TestClock.Morning);
        var key = VerifyingKey.Of(SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey()));
        using var list = new AccessList(data.Store, clock);
        Assert.Null(await list.FindAsync("school-1", default));

        await AddAsync(data.Store, new Client { Id = "school-1", Agency = "122201044123456789", AddedAt = clock.GetUtcNow() });
        await AddAsync(data.Store, new ClientKey { ClientId = "school-1", KeyId = key.KeyId, Suite = "ES256", PublicKey = key.Bytes.ToArray(), AddedAt = clock.GetUtcNow() });
        await AddAsync(data.Store, new Grant
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), ClientId = "school-1", Fact = "identity", Purpose = "school-enrolment", Provision = "p", Fields = "name,sex",
            AnswerSuperseded = true, SealDays = 0, ValidFrom = clock.GetUtcNow().AddDays(-1),
        });
        clock.Advance(TimeSpan.FromSeconds(1.1));

        var client = await list.FindAsync("school-1", default);
        Assert.NotNull(client);
        Assert.Equal(key.KeyId, Assert.Single(client.Machine.Keys).KeyId);
        Assert.True(list.Decide(client, "identity", "school-enrolment", ["sex"]).Ok(out _, out _));

        await using (var db = data.Store.CreateDb())
        {
            await db.Set<Client>().ExecuteUpdateAsync(set => set.SetProperty(one => one.DisabledAt, clock.GetUtcNow()));
            await db.Set<AccessChange>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + 1));
        }

        clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Null(await list.FindAsync("school-1", default));
    }

    private static async Task AddAsync<T>(DataStore store, T row) where T : class
    {
        await using var db = store.CreateDb();
        db.Add(row);
        await db.SaveChangesAsync();
        await db.Set<AccessChange>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + 1));
    }
}
