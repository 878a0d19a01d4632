using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>A running service, and the means to send it anything.</summary>
internal sealed class HostileGround(TestService service)
{
    /// <summary>Longer than any limit of the server; a connection that is still open then hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private int _nonce;

    public TestService Service => service;

    public DateTimeOffset Now => service.Clock.Now;

    public string Host => service.Address.Authority;

    public string Issuer => $"http://localhost:{service.Address.Port}";

    public SigningKey SchoolKey => service.Keys[TestService.School];

    public SigningKey CourtKey => service.Keys[TestService.Court];

    /// <summary>A batch of the school's that has its result.</summary>
    public string Batch { get; set; } = "";

    /// <summary>A batch of the school's whose file is still to come, of a million bytes.</summary>
    public string Upload { get; set; } = "";

    public string Nonce() => $"nonce-{Interlocked.Increment(ref _nonce)}-{RandomNumberGenerator.GetHexString(8)}";

    /// <summary>A request without anything wrong, but unsigned.</summary>
    public async Task<RawRequest> UnsignedAsync(string verb, string target, byte[]? body = null, string client = TestService.School, string type = "application/json")
    {
        var request = new RawRequest { Verb = verb, Target = target, Host = Host, Body = body ?? [] };
        request.With("Authorization", $"Bearer {await service.TokenAsync(client)}");
        if (body is not null) request.With("Content-Type", type).With("Content-Digest", ContentDigest.Of(body));
        return request;
    }

    /// <summary>A request without anything wrong.</summary>
    /// <param name="before">What is changed before it is signed: what a registered client may try.</param>
    /// <param name="after">What is changed after: what somebody on the way may try.</param>
    public async Task<RawRequest> SignedAsync(string verb, string target, byte[]? body = null, Action<RawRequest>? before = null, Action<RawRequest>? after = null, Func<SignatureInput, SignatureInput>? adjust = null,
        string client = TestService.School, string type = "application/json", SigningKey? key = null)
    {
        var request = await UnsignedAsync(verb, target, body, client, type);
        before?.Invoke(request);
        request.Sign(key ?? service.Keys[client], Now, Nonce(), adjust);
        after?.Invoke(request);
        return request;
    }

    /// <summary>A question without anything wrong but what is asked for.</summary>
    public Task<RawRequest> QuestionAsync(Action<RawRequest>? before = null, Action<RawRequest>? after = null, Func<SignatureInput, SignatureInput>? adjust = null, byte[]? body = null, SigningKey? key = null) =>
        SignedAsync("POST", "/api/questions", body ?? GoodQuestion, before, after, adjust, key: key);

    public static byte[] GoodQuestion => Encoding.UTF8.GetBytes(TestService.Question("11010119900307663X", "王伟"));

    /// <summary>A sign-in with an assertion.</summary>
    public RawRequest SignIn(string assertion) => Form($"grant_type=client_credentials&client_assertion_type={Uri.EscapeDataString(ClientAssertions.Type)}&client_assertion={assertion}");

    public RawRequest Form(string form, string type = "application/x-www-form-urlencoded") =>
        new RawRequest { Target = "/oauth/token", Host = Host, Body = Encoding.Latin1.GetBytes(form) }.With("Content-Type", type);

    /// <summary>Sends bytes and reads what comes until the server closes the connection.</summary>
    /// <param name="pieces">Sent one after another.</param>
    /// <param name="silence">After an answer, the time without another after which the client goes by itself; null for never.</param>
    public async Task<Got> SendAsync(IEnumerable<byte[]> pieces, TimeSpan pause = default, TimeSpan? silence = null)
    {
        using var late = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, service.Address.Port, late.Token);
        var sending = Task.Run(async () =>
        {
            try
            {
                foreach (var piece in pieces)
                {
                    for (var rest = piece.AsMemory(); rest.Length > 0;) rest = rest[await socket.SendAsync(rest, late.Token)..];
                    if (pause > TimeSpan.Zero) await Task.Delay(pause, late.Token);
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The server has heard enough.
            }
        });
        using var received = new MemoryStream();
        var buffer = new byte[16 << 10];
        var hangs = false;
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, late.Token)) > 0;)
            {
                received.Write(buffer, 0, read);
                if (silence is { } quiet) late.CancelAfter(quiet);
            }
        }
        catch (SocketException)
        {
            // Reset: closed all the same.
        }
        catch (OperationCanceledException)
        {
            hangs = silence is null || received.Length == 0;
        }

        socket.Close();
        await sending;
        return Got.Read(received.ToArray(), hangs);
    }

    public Task<Got> SendAsync(RawRequest request) => SendAsync([request.Bytes()]);

    /// <summary>With a batch of the school's that is done, and one that waits for its file.</summary>
    public static async Task<HostileGround> PreparedAsync(TestService service)
    {
        var ground = new HostileGround(service);
        foreach (var client in new[] { TestService.School, TestService.Court }) await service.TokenAsync(client);
        ground.Batch = await ground.SendFileAsync("list.csv", await File.ReadAllBytesAsync(Samples.File("requests/full_columns.csv")));
        Assert.Equal("done", (await ground.EndedAsync(ground.Batch)).Json.GetProperty("state").GetString());
        var opened = await ground.SendAsync(await ground.SignedAsync("POST", "/api/batches", HostileBatches.Announced("upload.csv", 1_000_000)));
        ground.Upload = opened.Json.GetProperty("id").GetString()!;
        return ground;
    }

    /// <summary>Announces and sends a file; gives back the batch's id.</summary>
    public async Task<string> SendFileAsync(string name, byte[] content)
    {
        var opened = await SendAsync(await SignedAsync("POST", "/api/batches", HostileBatches.Announced(name, content.Length, content)));
        Assert.True(opened.Status == 201, opened.Text);
        var id = opened.Json.GetProperty("id").GetString()!;
        var sent = await SendAsync(await SignedAsync("PUT", $"/api/batches/{id}/content", content, type: "application/octet-stream"));
        Assert.True(sent.Status == 200, sent.Text);
        return id;
    }

    /// <summary>The status of a batch once it has an outcome.</summary>
    public async Task<Got> EndedAsync(string id)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var status = await SendAsync(await SignedAsync("GET", $"/api/batches/{id}"));
            if (status.Json.GetProperty("state").GetString() is not ("waiting" or "running")) return status;
            await Task.Delay(20, late.Token);
        }
    }

    /// <summary>A question with nothing wrong is answered.</summary>
    public async Task AssertGoodAsync()
    {
        var reply = await Service.AskAsync(Encoding.UTF8.GetString(HostileGround.GoodQuestion));
        Assert.True(reply.Status == 200, reply.Code);
    }
}

/// <summary>What came back over a connection.</summary>
/// <param name="Statuses">Of every response; the first one counts.</param>
/// <param name="Code">Of the first problem, as its body says it where there is a body; empty when there is none.</param>
/// <param name="Field">The code as the header says it.</param>
/// <param name="Hangs">True when the server had not closed the connection.</param>
internal sealed record Got(IReadOnlyList<int> Statuses, string Code, string Field, string Text, bool Hangs)
{
    public int Status => Statuses.Count > 0 ? Statuses[0] : 0;

    public static Got Read(byte[] bytes, bool hangs)
    {
        var text = Encoding.UTF8.GetString(bytes);
        List<int> statuses = [.. System.Text.RegularExpressions.Regex.Matches(text, @"HTTP/1\.1 (\d\d\d)").Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).Where(status => status != 100)];
        var problem = System.Text.RegularExpressions.Regex.Match(text, "\"code\":\"([a-z.-]+)\"");
        var field = System.Text.RegularExpressions.Regex.Match(text, $"\r\n{Problem.CodeField}: ([a-z.-]+)\r\n");
        var hasBody = !text.EndsWith("\r\n\r\n", StringComparison.Ordinal);
        return new Got(statuses, (hasBody ? problem : field).Groups[1].Value, field.Groups[1].Value, text, hangs);
    }

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text[Text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
}

/// <summary>One thing that somebody may send, and what must come of it.</summary>
/// <param name="Make">The bytes, in pieces.</param>
/// <param name="Status">0 where the server closes without a word.</param>
/// <param name="Code">Of the problem; empty where the request does not get as far as to one.</param>
internal sealed record HostileCase(string Name, int Status, string Code, Func<HostileGround, Task<IEnumerable<byte[]>>> Make)
{
    /// <summary>Between two pieces.</summary>
    public TimeSpan Pause { get; init; }

    public static HostileCase Of(string name, int status, string code, Func<HostileGround, Task<RawRequest>> make) => new(name, status, code, async ground => [(await make(ground)).Bytes()]);

    public static HostileCase Plain(string name, int status, string code, Func<HostileGround, RawRequest> make) => Of(name, status, code, ground => Task.FromResult(make(ground)));

    public static HostileCase Raw(string name, int status, string text) => Raw(name, status, "", text);

    public static HostileCase Raw(string name, int status, string code, string text) =>
        new(name, status, code, ground => Task.FromResult<IEnumerable<byte[]>>([Encoding.Latin1.GetBytes(text.Replace("HOST", ground.Host, StringComparison.Ordinal))]));

    /// <summary>The bytes; a case that cannot even be made says which it is.</summary>
    public async Task<IEnumerable<byte[]>> MadeAsync(HostileGround ground)
    {
        try
        {
            return await Make(ground);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"The case \"{Name}\" could not be made.", fault);
        }
    }
}
