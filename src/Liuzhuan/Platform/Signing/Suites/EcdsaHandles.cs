using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>One key opened as often as threads use it at once: an <see cref="ECDsa"/> is not promised to be safe for two threads.</summary>
internal sealed class EcdsaHandles(ECParameters parameters)
{
    private readonly ConcurrentBag<ECDsa> _idle = [];

    public ECDsa Take() => _idle.TryTake(out var handle) ? handle : ECDsa.Create(parameters);

    public void GiveBack(ECDsa handle) => _idle.Add(handle);
}
