using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liuzhuan.Exchange.Hall;

namespace Liuzhuan.Tests.Exchange.Hall;

/// <summary>What was accepted is not lost when the server ends, however it ends.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_job_that_was_running_is_done_after_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-hall-").FullName;
        var first = new ScriptedVerify();
        var app = await TestApp.StartAsync(first.Run, folder: folder);
        string job;
        using (var client = new HallClient(app))
        {
            job = await client.DropAsync("slow.csv", 25);
            await first.Begun.Task;
        }

        await app.StopAsync();
        Assert.Equal(0, (int)State(folder, job)["attempts"]!);

        var second = new ScriptedVerify();
        second.Release();
        await using var again = await TestApp.StartAsync(second.Run, folder: folder);
        using var later = new HallClient(again);
        Assert.Equal("25", (await later.EndedAsync(job)).QuerySelector("tr.total .number")!.TextContent);
        Assert.Equal(1, second.Runs);
    }

    [Theory]
    [InlineData("running", 1, "核验完成")]
    [InlineData("waiting", 0, "核验完成")]
    [InlineData("running", 3, "核验没有完成")]
    public async Task What_a_killed_server_left_is_taken_up_again_but_not_for_ever(string phase, int attempts, string heading)
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-hall-").FullName;
        var app = await TestApp.StartAsync(new ScriptedVerify().Run, folder: folder);
        string job;
        using (var client = new HallClient(app))
        {
            job = await client.DropAsync("a.csv");
            await client.EndedAsync(job);
        }

        await app.StopAsync();
        // As a kill leaves it: begun, with half a result, and an upload that was never finished.
        var state = State(folder, job);
        (state["phase"], state["attempts"], state["report"]) = (phase, attempts, null);
        await File.WriteAllTextAsync(StatePath(folder, job), state.ToJsonString());
        Directory.CreateDirectory(Path.Combine(folder, "jobs", "0123456789abcdef0123456789abcdef"));

        await using var again = await TestApp.StartAsync(new ScriptedVerify().Run, folder: folder);
        using var later = new HallClient(again);
        Assert.Equal(heading, (await later.EndedAsync(job)).QuerySelector("h1")!.TextContent);
        Assert.Single(Directory.GetDirectories(again.JobsFolder));
    }

    [Fact]
    public async Task A_form_opened_before_a_restart_still_works_after_it()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-hall-").FullName;
        var cookies = new CookieContainer();
        var app = await TestApp.StartAsync(new ScriptedVerify().Run, folder: folder);
        using var client = new HallClient(app, cookies);
        var token = await client.TokenAsync();
        await app.StopAsync();

        await using var again = await TestApp.StartAsync(new ScriptedVerify().Run, folder: folder);
        using var later = new HallClient(again, cookies);
        using var answer = await later.PostAsync(token, "a.csv", HallClient.Rows(2));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Two_servers_cannot_share_a_data_folder()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run);

        await Assert.ThrowsAsync<JobStore.FolderInUseException>(() => TestApp.StartAsync(new ScriptedVerify().Run, folder: app.Folder));
    }

    private static string StatePath(string folder, string job) => Path.Combine(folder, job.TrimStart('/'), "state.json");

    private static JsonObject State(string folder, string job) => JsonSerializer.Deserialize<JsonObject>(File.ReadAllText(StatePath(folder, job)))!;
}
