using System.Collections.Concurrent;
using System.Net;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>How often one network address has failed within a minute; more than so often is refused unread.</summary>
internal sealed class AttemptLimits(SignInOptions options, TimeProvider clock)
{
    /// <summary>More addresses than this are not kept apart, so that nobody can fill the memory.</summary>
    private const int MostAddresses = 10_000;

    private readonly ConcurrentDictionary<(IPAddress Address, long Minute), int> _attempts = new();

    /// <summary>Counts an attempt. False when there were too many.</summary>
    public bool TryBegin(HttpContext http)
    {
        var key = Key(http);
        if (_attempts.Count > MostAddresses)
        {
            foreach (var old in _attempts.Keys.Where(one => one.Minute < key.Minute)) _attempts.TryRemove(old, out _);
        }

        return _attempts.AddOrUpdate(key, 1, (_, count) => count + 1) <= options.AttemptsPerMinute;
    }

    /// <summary>It succeeded, so it does not count.</summary>
    public void Succeeded(HttpContext http) => _attempts.AddOrUpdate(Key(http), 0, (_, count) => count - 1);

    private (IPAddress Address, long Minute) Key(HttpContext http) => (http.Connection.RemoteIpAddress ?? IPAddress.None, clock.GetUtcNow().ToUnixTimeSeconds() / 60);
}
