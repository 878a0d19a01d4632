using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Exchange.Desk;

/// <summary>What liaisons write when they send a request back: kept encrypted, and erased when its time is over.</summary>
internal sealed class ReturnWords(DataStore store, IDataProtectionProvider protection)
{
    /// <summary>How long words stay after the return: as long as those of an objection, for which they may be needed.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(3 * 366);

    private readonly SealedWords _sealed = new(protection.CreateProtector("returns"));

    public string Seal(string words) => _sealed.Seal(words);

    /// <summary>Null when they cannot be read any more: erased, or the key is gone.</summary>
    public string? Of(ExchangeRequest request) => request.ReturnWords is { } kept ? _sealed.Open(kept) : request.TypedReason;

    /// <summary>Empties the words of what was sent back long ago, and what their digests were made with: the ledger stays as it is, and tells nothing of them any more.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null,
            "update exchange_requests set return_words = '', return_reason = null, return_salt = '' where state = 'returned' and closed_at <= @due and (return_words is null or return_words <> '')", stop, ("due", now - Keep));
    }
}
