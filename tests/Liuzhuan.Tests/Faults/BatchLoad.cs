using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Tests.Faults;

/// <summary>A client that hands in one batch after another, small ones whole and larger ones in parts, and does not let go of one before it is taken.</summary>
/// <param name="allowed">Refusals after which it tries again.</param>
internal sealed class BatchLoad(FaultGround ground, params string[] allowed)
{
    private const int First = 80_000, SmallRows = 200, LargeRows = 8_000, Part = 64 << 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80), Between = TimeSpan.FromMilliseconds(40);

    private Task _client = Task.CompletedTask;
    private volatile bool _ends;

    /// <summary>Id of every batch that was accepted whole, with the numbers of its people and its file.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<int>> Accepted { get; } = new();

    /// <summary>Requests that broke off.</summary>
    public int Lost { get; private set; }

    public ConcurrentDictionary<string, int> Refused { get; } = new();

    public void Start() => _client = Task.Run(RunAsync);

    public Task CheckAsync() => _client.IsCompleted ? _client : Task.CompletedTask;

    public async Task EndAsync()
    {
        _ends = true;
        await _client.WaitAsync(TimeSpan.FromMinutes(3));
    }

    /// <summary>Waits until every accepted batch has its result.</summary>
    /// <returns>Those that were set aside because their workers were killed too often.</returns>
    public async Task<int> DoneAsync()
    {
        using var caller = ground.Caller();
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var setAside = 0;
        foreach (var (id, people) in Accepted)
        {
            FaultCaller.Reply status;
            while ((status = await KeepAsync(caller, 0, HttpMethod.Get, $"/api/batches/{id}")).Json.GetProperty("state").GetString() is "waiting" or "running") await Task.Delay(20, late.Token);
            if (status.Json.GetProperty("state").GetString() == "failed" && status.Json.GetProperty("refusal").GetProperty("code").GetString() == "batch.interrupted")
            {
                setAside++;
                Accepted.TryRemove(id, out _);
                continue;
            }

            Assert.True(status.Json.GetProperty("state").GetString() == "done", status.Text);
            var result = await KeepAsync(caller, 0, HttpMethod.Get, $"/api/batches/{id}/result");
            Assert.Equal(people.Count + 1, result.Body.AsSpan().Count((byte)'\n'));
            var manifest = await KeepAsync(caller, 0, HttpMethod.Get, $"/api/batches/{id}/manifest");
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(result.Body)), manifest.Json.GetProperty("statement").GetProperty("result").GetProperty("sha256").GetString());
        }

        return setAside;
    }

    private async Task RunAsync()
    {
        using var caller = ground.Caller();
        for (var batch = 0; !_ends; batch++)
        {
            var isLarge = batch % 4 == 3;
            var from = First + batch * 37 % 1000;
            var people = Enumerable.Range(from, isLarge ? LargeRows : SmallRows).Where(person => !ground.IsSpecial(person)).ToList();
            var file = Encoding.UTF8.GetBytes("姓名,公民身份号码\n" + string.Concat(people.Select(number => $"{ground.Register[number].Name},{ground.Register[number].Number}\n")));
            var announced = Encoding.UTF8.GetBytes($$"""{"purpose":"{{FaultGround.Purpose}}","fact":"identity","name":"list-{{batch}}.csv","bytes":{{file.Length}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(file))}}"}""");
            var host = batch % ground.Hosts;
            var opened = await KeepAsync(caller, host, HttpMethod.Post, "/api/batches", announced, $"batch-{batch}");
            if (opened.Status != 201) continue;
            var id = opened.Json.GetProperty("id").GetString()!;
            if (isLarge) await SendInPartsAsync(caller, host, id, file);
            else await KeepAsync(caller, host, HttpMethod.Put, $"/api/batches/{id}/content", file, type: "application/octet-stream");
            Accepted[id] = people;
            await Task.Delay(Between);
        }
    }

    // After each part that was not acknowledged the service is asked how far it is.
    private async Task SendInPartsAsync(FaultCaller caller, int host, string id, byte[] file)
    {
        while (true)
        {
            var head = await KeepAsync(caller, host, HttpMethod.Head, $"/api/batches/{id}/content");
            if (head.Fields["Upload-Complete"] == "?1") return;
            var offset = int.Parse(head.Fields["Upload-Offset"], System.Globalization.CultureInfo.InvariantCulture);
            // Within less than a part of the end the rest goes with the last one.
            var length = file.Length - offset < 2 * Part ? file.Length - offset : Part;
            var isLast = offset + length == file.Length;
            await KeepAsync(caller, host, HttpMethod.Patch, $"/api/batches/{id}/content", file[offset..(offset + length)], null, "application/partial-upload", ("Upload-Offset", $"{offset}"), ("Upload-Complete", isLast ? "?1" : "?0"));
        }
    }

    // Until it is answered with something else than "try again".
    private async Task<FaultCaller.Reply> KeepAsync(FaultCaller caller, int host, HttpMethod method, string path, byte[]? body = null, string? key = null, string type = "application/json", params (string Name, string Value)[] fields)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (; ; host = (host + 1) % ground.Hosts)
        {
            try
            {
                var reply = await caller.CallAsync(host, method, path, body, key, type, fields);
                if (reply.Status < 400) return reply;
                Refused.AddOrUpdate(reply.Code, 1, (_, count) => count + 1);
                Assert.True(reply.Code is "batch.too-many" or "auth.expired" || allowed.Contains(reply.Code), $"{method} {path} {reply.Status} {reply.Code} {reply.Text}");
                if (reply.Code is "batch.too-many" && _ends) return reply;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                Lost++;
            }

            await Task.Delay(Pause, late.Token);
        }
    }
}
