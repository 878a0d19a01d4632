using System.Text;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger.Accesses;

namespace Liuzhuan.Tests.Exchange.Batches;

public class WhoLookedTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Everybody_on_a_list_sees_the_access_and_who_was_sealed_sees_it_on_the_day(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        await ground.GrantAsync(BatchGround.School, "residence", "name", sealDays: 30);
        // A few are recorded one by one, many as a run.
        foreach (var rows in new[] { 20, 1500 })
        {
            var file = new StringBuilder("姓名,身份证号码\n");
            for (var i = 0; i < rows; i++) file.Append($"{BatchGround.Made[i].Name},{BatchGround.Made[i].Number}\n");
            var bytes = Encoding.UTF8.GetBytes(file.ToString());
            var open = await ground.Host.SendAsync(bytes);
            var @sealed = await ground.Host.SendAsync(bytes, fact: "residence", more: ",\"sealedUntil\":\"2026-03-20\"");
            Assert.True(await ground.Host.Worker.RunOnceAsync(default) && await ground.Host.Worker.RunOnceAsync(default));
            var (seen, later) = ((await ground.RowAsync(open)).Position!.Value, (await ground.RowAsync(@sealed)).Position!.Value);

            foreach (var i in new[] { 0, rows / 2, rows - 1 })
            {
                var now = await ReadAsync(ground, BatchGround.Made[i].Number, ground.Clock.Now);
                Assert.Contains(now, item => item.Position == seen && item.Fact == "identity" && item.Purpose == BatchGround.Purpose);
                Assert.DoesNotContain(now, item => item.Position == later);
                Assert.Contains(await ReadAsync(ground, BatchGround.Made[i].Number, new DateTimeOffset(2026, 3, 19, 16, 0, 0, TimeSpan.Zero)), item => item.Position == later);
            }

            Assert.DoesNotContain(await ReadAsync(ground, BatchGround.Made[rows + 1].Number, ground.Clock.Now), item => item.Position == seen);
        }
    }

    private static async Task<IReadOnlyList<AccessItem>> ReadAsync(BatchGround ground, string number, DateTimeOffset now) =>
        (await new AccessHistory(ground.Store, [BatchGround.Pseudonyms]).ReadAsync([PersonKey.Of(CitizenNumber.Pack(number))], now, 100, null, default)).Items;
}
