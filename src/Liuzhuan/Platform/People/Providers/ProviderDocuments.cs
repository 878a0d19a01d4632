namespace Liuzhuan.Platform.People.Providers;

/// <summary>What the provider publishes, kept for an hour: where its endpoints are, and its keys. A key that nobody knows yet has the keys read again, once a minute at most.</summary>
internal sealed class ProviderDocuments : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1), KeysAgain = TimeSpan.FromMinutes(1);

    private readonly Kept<ProviderMetadata> _metadata;
    private readonly Kept<IReadOnlyList<ProviderKey>> _keys;

    public ProviderDocuments(ProviderOptions options, ProviderCalls calls, TimeProvider clock)
    {
        _metadata = new(async stop => await calls.GetAsync(ProviderMetadata.AddressOf(options), stop) is { } document ? ProviderMetadata.Read(document, options) : null, clock);
        _keys = new(async stop => await MetadataAsync(stop) is { } metadata && await calls.GetAsync(metadata.Keys, stop) is { } set ? ProviderKey.ReadSet(set) : null, clock);
    }

    /// <summary>Null when the provider is away, or its document cannot be used.</summary>
    public Task<ProviderMetadata?> MetadataAsync(CancellationToken stop) => _metadata.GetAsync(KeptFor, stop);

    /// <summary>The keys that may have made a signature: all of that name; without a name the only one that makes such signatures. Empty when there is none; null when the provider is away.</summary>
    public async Task<IReadOnlyList<ProviderKey>?> KeysAsync(string? id, string algorithm, CancellationToken stop)
    {
        if (Fitting(await _keys.GetAsync(KeptFor, stop), id, algorithm) is { Count: > 0 } known) return known;
        return Fitting(await _keys.GetAsync(KeysAgain, stop), id, algorithm);
    }

    public void Dispose()
    {
        _metadata.Dispose();
        _keys.Dispose();
    }

    private static List<ProviderKey>? Fitting(IReadOnlyList<ProviderKey>? keys, string? id, string algorithm)
    {
        if (keys is null) return null;
        List<ProviderKey> fitting = [.. keys.Where(key => key.Makes(algorithm) && (id is null || key.Id == id))];
        // OpenID Connect Core section 10.1: with several keys the token says which.
        return id is null && fitting.Count > 1 ? [] : fitting;
    }
}
