using System.Net;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Tests.Exchange.Batches;

namespace Liuzhuan.Tests.Commands;

/// <summary>Asked to end, a server under load ends well: nothing that it took is cut, and what it worked on is free for others at once.</summary>
[Collection(ProcessGround.Name)]
public sealed class StopTests(ProcessGround ground)
{
    private const int Lanes = 4, BeforeStop = 200;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_request_sent_before_is_answered_or_cleanly_refused_and_the_exit_is_clean(string database)
    {
        await using var served = await ServedProcess.StartAsync(database, ground.Register, ("Serve__DrainFor", "8s"));
        using var client = served.SignIn();
        var (answered, cut, late) = (0, 0, 0);
        var isAsked = false;
        async Task AskAsync()
        {
            while (true)
            {
                using var request = await client.RequestAsync(HttpMethod.Post, "/api/questions", Encoding.UTF8.GetBytes(TestService.Question("210102197702083533", "高静伟")));
                var isBefore = !Volatile.Read(ref isAsked);
                try
                {
                    using var response = await client.Http.SendAsync(request);
                    var body = await response.Content.ReadAsByteArrayAsync();
                    if (response.StatusCode == HttpStatusCode.OK && body is [(byte)'{', .., (byte)'}']) Interlocked.Increment(ref answered);
                    else if (response.StatusCode != HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref cut);
                }
                catch (HttpRequestException) when (!isBefore)
                {
                    // It was asked to end before this one was sent, and listens no more.
                    Interlocked.Increment(ref late);
                    return;
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref cut);
                    return;
                }
            }
        }

        var lanes = Enumerable.Range(0, Lanes).Select(_ => Task.Run(AskAsync)).ToList();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Volatile.Read(ref answered) < BeforeStop) await Task.Delay(5, patience.Token);
        Volatile.Write(ref isAsked, true);
        served.Process.Terminate();
        await UntilNotReadyAsync(served);
        await Task.WhenAll(lanes);
        var ended = await served.Process.EndAsync();

        Assert.Equal((0, 0, Lanes, ""), (ended.Code, cut, late, ended.Error));
        // As many as were answered are in the ledger, and none half.
        await using var connection = await served.Data.Store.OpenAsync(default);
        var entries = Convert.ToInt64(await connection.ScalarAsync(null, "select count(*) from ledger_entries where kind = 'question'", default), null);
        Assert.Equal(answered, entries);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_under_way_is_handed_back_at_once_and_counts_as_no_attempt(string database)
    {
        await using var served = await ServedProcess.StartAsync(database, ground.Register, ("Serve__DrainFor", "0s"), ("Batches__Lease", "1h"));
        using var client = served.SignIn();
        var rows = Enumerable.Repeat(BatchGround.List(2000), 1).SelectMany(file => file).ToArray();
        var file = new MemoryStream();
        file.Write(rows);
        var body = rows.AsMemory(rows.AsSpan().IndexOf((byte)'\n') + 1);
        while (file.Length < 6 << 20) file.Write(body.Span);
        await using var connection = await served.Data.Store.OpenAsync(default);
        async Task<string> StateAsync() => (string)(await connection.ScalarAsync(null, "select state from batches", default))!;

        await client.SendBatchAsync(file.ToArray(), "long.csv", ServedProcess.Purpose);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await StateAsync() == "waiting") await Task.Delay(1, patience.Token);
        served.Process.Terminate();
        var ended = await served.Process.EndAsync();

        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var (state, attempts) = (await StateAsync(), Convert.ToInt64(await connection.ScalarAsync(null, "select attempts from batches", default), null));
        Assert.True((state, attempts) is ("waiting", 0) or ("done", 1), $"{state} after {attempts} attempts");
    }

    private static async Task UntilNotReadyAsync(ServedProcess served)
    {
        try
        {
            using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (true)
            {
                using var ready = await served.Http.GetAsync(new Uri(served.Address, "/health/ready"), late.Token);
                if (ready.StatusCode == HttpStatusCode.ServiceUnavailable) return;
                await Task.Delay(10, late.Token);
            }
        }
        catch (HttpRequestException fault)
        {
            var ended = await served.Process.EndAsync();
            Assert.Fail($"It listened no more before it said that it was not ready; it ended with {ended.Code}, saying: {ended.Error}{ended.Output} ({fault.Message})");
        }
    }
}
