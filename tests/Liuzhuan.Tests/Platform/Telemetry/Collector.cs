using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP, and reads as much of it as the tests look at.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _received.Enqueue((http.Request.Path.Value!, body.ToArray()));
            http.Response.ContentType = "application/x-protobuf";
        });
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        collector.Address = new Uri(collector._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return collector;
    }

    /// <summary>Everything that was sent, as the bytes it came in.</summary>
    public string Raw => string.Concat(_received.Select(one => Encoding.UTF8.GetString(one.Body)));

    /// <summary>All spans received so far (ExportTraceServiceRequest of opentelemetry-proto: resource spans in 1, scope spans in 2, spans in 2).</summary>
    public List<Span> Spans =>
    [
        .. from request in _received
           where request.Path == "/v1/traces"
           from resource in Fields(request.Body, 1)
           from scope in Fields(resource, 2)
           from span in Fields(scope, 2)
           select new Span(Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), Fields(span, 9).ToDictionary(pair => Text(pair, 1), pair => Value(Fields(pair, 2).Single()))),
    ];

    /// <summary>Names of the metrics received so far (ExportMetricsServiceRequest: 1, 2, 2, name in 1).</summary>
    public HashSet<string> Metrics =>
    [
        .. from request in _received
           where request.Path == "/v1/metrics"
           from resource in Fields(request.Body, 1)
           from scope in Fields(resource, 2)
           from metric in Fields(scope, 2)
           select Text(metric, 1),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string Hex(byte[] message, int field) => Fields(message, field).FirstOrDefault() is { } bytes ? Convert.ToHexStringLower(bytes) : "";

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    // AnyValue: a text in 1, or a whole number in 3.
    private static string Value(byte[] any) => any[0] >> 3 == 1 ? Text(any, 1) : $"{Number(any, 1, out _)}";

    /// <summary>The occurrences of a field that holds bytes (Protocol Buffers encoding: a tag of number and wire type before each value).</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, at, out at);
            var length = 0;
            switch (tag & 7)
            {
                case 0: Number(message, at, out at); continue;
                case 1: length = 8; break;
                case 5: length = 4; break;
                case 2: length = (int)Number(message, at, out at); break;
                default: throw new InvalidDataException($"Wire type {tag & 7}.");
            }

            if ((int)(tag >> 3) == field) yield return message[at..(at + length)];
            at += length;
        }
    }

    private static ulong Number(byte[] message, int at, out int next)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) break;
        }

        next = at;
        return value;
    }

    internal sealed record Span(string Trace, string Id, string Parent, string Name, Dictionary<string, string> Tags);
}
