using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Locks an account for a while after repeated errors. An attempt counts before it is checked; the one that is the last allowed locks the account at once, and frees it again should it succeed.</summary>
internal sealed class AttemptLock
{
    public static readonly AttemptLock OfStaff = new("staff_accounts", "officer_id"), OfCitizens = new("citizen_accounts", "id");

    private readonly string _claim, _free;

    private AttemptLock(string table, string key)
    {
        _claim = $"update {table} set failures = case when locked_until is null then failures + 1 else 1 end, locked_until = case when locked_until is null and failures + 1 >= @most then @until else null end where {key} = @id and (locked_until is null or locked_until <= @now)";
        _free = $"update {table} set failures = 0, locked_until = null where {key} = @id";
    }

    /// <summary>Counts an attempt. False while the account is locked, or when there is none.</summary>
    public async Task<bool> ClaimAsync(DataStore store, string id, SignInOptions options, DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, _claim, stop, ("most", options.MostFailures), ("until", now + options.LockedFor), ("id", id), ("now", now)) > 0;
    }

    /// <summary>To be committed with what succeeded.</summary>
    public Statement Free(string id) => new(_free, ("id", id));
}
