using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Liuzhuan.Tests.Exchange.Hall;

namespace Liuzhuan.Tests.Commands;

/// <summary>A running server, as a process of its own: changes reach it, and a kill loses nothing that it accepted.</summary>
[Collection(ProcessGround.Name)]
public sealed class ServeTests(ProcessGround ground) : IDisposable
{
    private const int Patience = 400, Tries = 100;
    private const int Rows = 200_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly string _folder = ground.Folder();
    private readonly int _port = FreePort();

    private string Register => Path.Combine(_folder, "people.lzr");

    [Fact]
    public async Task A_running_server_answers_from_changes_applied_since()
    {
        File.Copy(ground.Register, Register);
        var changed = File.ReadLines(ground.FirstChanges).ElementAt(1).Split(',');
        var row = Encoding.UTF8.GetBytes($"姓名,身份证号\n{changed[2]},{changed[1]}\n");
        using var server = await ServeAsync();
        using var client = Browser();
        Assert.Equal("inconsistent", await VerdictAsync(client, row));

        Assert.Equal(0, (await Child.RunAsync("register", "apply", Register, "--changes", ground.FirstChanges)).Code);
        var verdict = "";
        for (var attempts = 0; attempts < Tries && verdict != "consistent"; attempts++)
        {
            await Task.Delay(Pause);
            verdict = await VerdictAsync(client, row);
        }

        Assert.Equal("consistent", verdict);
    }

    [Fact]
    public async Task A_job_during_which_the_server_was_killed_is_done_after_the_next_start()
    {
        File.Copy(ground.Register, Register);
        string job;
        using (var server = await ServeAsync())
        {
            using var client = Browser();
            job = await client.DropAsync("long.csv", Rows);
            var begun = Path.Combine(_folder, "data", job.TrimStart('/'), "out");
            await server.UntilAsync(() => Directory.Exists(begun) && Directory.GetFiles(begun, ".*.tmp").Length > 0);
            server.Kill();
            Assert.Equal(Child.Killed, (await server.EndAsync()).Code);
        }

        Assert.Equal(("running", 1), State(job));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_folder, "data", job.TrimStart('/'), "out")), file => Path.GetExtension(file) == ".csv");
        using var again = await ServeAsync();
        using var later = Browser();
        for (var attempts = 0; attempts < 4 * Patience && State(job).Phase is ("waiting" or "running"); attempts++) await Task.Delay(Pause);
        Assert.Equal(("done", 2), State(job));
        using var result = await later.Http.GetAsync($"{job}/result");
        Assert.Equal(Rows + 1, (await result.Content.ReadAsStringAsync()).AsSpan().Count('\n'));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_folder, "data", job.TrimStart('/'), "out")), file => Path.GetExtension(file) == ".tmp");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> VerdictAsync(HallClient client, byte[] row)
    {
        using var dropped = await client.PostAsync(await client.TokenAsync(), "one.csv", row);
        var job = dropped.Headers.Location!.OriginalString;
        await client.EndedAsync(job);
        using var result = await client.Http.GetAsync($"{job}/result");
        return (await result.Content.ReadAsStringAsync()).Split('\n')[1].Split(',')[3];
    }

    private async Task<Child> ServeAsync()
    {
        var server = Child.Start("serve", "--port", $"{_port}", "--data", Path.Combine(_folder, "data"), "--register", Register);
        using var client = Browser();
        for (var attempts = 0; attempts < Patience; attempts++)
        {
            try
            {
                if ((await client.Http.GetAsync("/ready")).StatusCode == HttpStatusCode.OK) return server;
            }
            catch (HttpRequestException) when (!server.HasExited)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause);
        }

        using (server) throw new TimeoutException("The server did not become ready.");
    }

    private HallClient Browser() => new(new Uri($"http://localhost:{_port}"));

    private (string Phase, int Attempts) State(string job)
    {
        using var state = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "data", job.TrimStart('/'), "state.json")));
        return (state.RootElement.GetProperty("phase").GetString()!, state.RootElement.GetProperty("attempts").GetInt32());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
