using System.Collections.Concurrent;
using System.Globalization;

namespace Liuzhuan.Platform.Api;

/// <summary>A token bucket for each client, and what its state is in the RateLimit fields (draft-ietf-httpapi-ratelimit-headers).</summary>
internal sealed class ClientLimits(ApiOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();
    private readonly string _policy = string.Create(CultureInfo.InvariantCulture, $"\"client\";q={options.Burst};w={Math.Max(1, options.Burst / options.RequestsPerSecond)}");

    /// <summary>Takes one request from the client's bucket. False when it is empty; <paramref name="wait"/> is then how long until there is room.</summary>
    public bool TryTake(string client, out long left, out TimeSpan wait) => _buckets.GetOrAdd(client, static (_, made) => new Bucket(made.options, made.clock), (options, clock)).TryTake(out left, out wait);

    /// <summary>The fields that tell a client what is left.</summary>
    public IEnumerable<(string Name, string Value)> Fields(long left, TimeSpan wait)
    {
        yield return ("RateLimit-Policy", _policy);
        yield return ("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"client\";r={left};t={(long)Math.Ceiling(wait.TotalSeconds)}"));
        if (wait > TimeSpan.Zero) yield return ("Retry-After", ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    private sealed class Bucket(ApiOptions options, TimeProvider clock)
    {
        private readonly Lock _gate = new();
        private double _tokens = options.Burst;
        private long _filledAt = clock.GetTimestamp();

        public bool TryTake(out long left, out TimeSpan wait)
        {
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                _tokens = Math.Min(options.Burst, _tokens + clock.GetElapsedTime(_filledAt, now).TotalSeconds * options.RequestsPerSecond);
                _filledAt = now;
                var taken = _tokens >= 1;
                if (taken) _tokens--;
                left = (long)_tokens;
                wait = taken ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / options.RequestsPerSecond);
                return taken;
            }
        }
    }
}
