using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Commands.DemoData;

/// <summary>The demonstration as a newcomer starts it.</summary>
[Collection(ProcessGround.Name)]
public sealed class DemoWorkTests(ProcessGround ground)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_province_has_work_to_see_and_a_second_start_adds_none()
    {
        var folder = ground.Folder();
        Assert.Equal("2 submitted, 1 released; 5 looks; 1 alert; 1 objection", await WorkAsync(folder, untilAlert: true));
        Assert.Equal("2 submitted, 1 released; 5 looks; 1 alert; 1 objection", await WorkAsync(folder, untilAlert: false));
    }

    private static async Task<string> WorkAsync(string folder, bool untilAlert)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var demo = await DemoProcess.StartAsync(folder, patience.Token);
        var child = demo.Process;
        await using var store = new DataStore(new DataOptions(), folder);
        var found = "";
        while (!child.HasExited)
        {
            found = await LookAsync(store, patience.Token);
            if (!untilAlert || found.Contains("1 released", StringComparison.Ordinal) && found.Contains("1 alert", StringComparison.Ordinal)) break;
            await Task.Delay(100, patience.Token);
        }

        child.PressControlC();
        var ended = await child.EndAsync();
        Assert.Equal((0, false), (ended.Code, ended.Error.Contains("was not all done", StringComparison.Ordinal)));
        return found;
    }

    private static async Task<string> LookAsync(DataStore store, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        async Task<object?> CountAsync(string of) => await connection.ScalarAsync(null, $"select count(*) from {of}", stop);
        return $"{await CountAsync("exchange_requests where state = 'submitted'")} submitted, {await CountAsync("exchange_requests where state = 'released'")} released; "
            + $"{await CountAsync("ledger_entries where kind = 'question'")} looks; {await CountAsync("alerts")} alert; {await CountAsync("objections")} objection";
    }
}
