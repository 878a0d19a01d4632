using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>A single computer on which files are verified, without accounts: what this product is as long as nobody has been invited. Also every demonstration.</summary>
internal sealed class Workstation(DataStore store, DemoMode demo)
{
    private volatile bool _hasAccounts;

    /// <summary>May whoever sits at this computer use it without signing in?</summary>
    public async Task<bool> IsOpenAsync(CancellationToken stop)
    {
        if (demo.IsOn) return true;
        // Accounts are never deleted, so this is asked until there is one.
        if (!_hasAccounts) _hasAccounts = await HasAccountsAsync(stop);
        return !_hasAccounts;
    }

    private async Task<bool> HasAccountsAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ScalarAsync(null, "select 1 from staff_accounts limit 1", stop) is not null;
    }
}
