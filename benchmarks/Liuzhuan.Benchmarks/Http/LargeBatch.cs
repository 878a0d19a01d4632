using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Exchange.Batches;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>A file of a million questions about different persons, handed in part by part as a client does.</summary>
internal sealed class LargeBatch(SignedLoad load)
{
    public const int Rows = 1_000_000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly byte[] _file = Write();
    private string _address = "";
    private int _sent;

    /// <summary>Announces the file and sends all parts but the last, so that nothing can be done with it yet.</summary>
    public async Task SendAllButTheEndAsync()
    {
        var announcement = JsonSerializer.SerializeToUtf8Bytes(new
        {
            purpose = HttpHost.Purpose, fact = "identity", name = "list.csv", bytes = _file.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(_file)),
        });
        using var opened = await load.SendAsync(HttpMethod.Post, "/api/batches", announcement, "application/json");
        _address = $"/api/batches/{(await ReadAsync(opened)).GetProperty("id").GetString()}";
        for (_sent = 0; _file.Length - _sent > ReceiveContent.MostPart; _sent += ReceiveContent.MostPart) await SendPartAsync(ReceiveContent.MostPart, isLast: false);
    }

    /// <summary>Sends the last part and waits for the outcome; gives back how long the service had it.</summary>
    public async Task<TimeSpan> FinishAsync()
    {
        await SendPartAsync(_file.Length - _sent, isLast: true);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var status = await load.SendAsync(HttpMethod.Get, _address, null, null);
            var state = (await ReadAsync(status)).GetProperty("state").GetString();
            if (state == BatchStates.Done) break;
            if (state is not (BatchStates.Waiting or BatchStates.Running)) throw new InvalidOperationException($"The batch ended as {state}.");
            await Task.Delay(LookAgain);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Removes its files: a client may have only so much lying there.</summary>
    public async Task EraseAsync()
    {
        using var erased = await load.SendAsync(HttpMethod.Delete, _address, null, null);
        erased.EnsureSuccessStatusCode();
    }

    private async Task SendPartAsync(int length, bool isLast)
    {
        using var answer = await load.SendAsync(HttpMethod.Patch, $"{_address}/content", _file.AsMemory(_sent, length), ReceiveContent.PartType, ("Upload-Offset", _sent.ToString(CultureInfo.InvariantCulture)), ("Upload-Complete", isLast ? "?1" : "?0"));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => response.EnsureSuccessStatusCode() is { } good
        ? JsonDocument.Parse(await good.Content.ReadAsByteArrayAsync()).RootElement
        : default;

    private static byte[] Write()
    {
        var text = new StringBuilder("姓名,公民身份号码,性别\n", 64 * Rows);
        // 7,919 is prime and no divisor of the register's size, so every row is another person, in no order.
        for (var row = 0L; row < Rows; row++)
        {
            var person = HttpHost.Population[row * 7919 % HttpHost.People];
            text.Append(person.Name).Append(row % 25 == 0 ? "甲" : "").Append(',').Append(person.Number).Append(',').Append(person.Male ? '男' : '女').Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
