using System.Data.Common;
using System.Security.Cryptography;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>Keeps several hosts from merging at once. Only work is saved by it: that nothing is lost or doubled does not rest on it.</summary>
internal sealed class TidyingLease(TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    // One that ends later than any could was taken under a clock that has been set back since.
    private const int LongestInLengths = 10;

    private const string Take = """
        insert into access_tidying (id, holder, until) values (1, @holder, @until)
        on conflict (id) do update set holder = excluded.holder, until = excluded.until where access_tidying.holder = excluded.holder or access_tidying.until < @now or access_tidying.until > @latest
        """;

    private readonly string _holder = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>As far as is known here.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Takes or prolongs the lease; false while another holds it.</summary>
    public async Task<bool> HoldAsync(DbConnection connection, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        IsHeld = await connection.ExecuteAsync(null, Take, stop, ("holder", _holder), ("until", now + Length), ("now", now), ("latest", now + LongestInLengths * Length)) > 0;
        return IsHeld;
    }

    /// <summary>Lets others go on at once.</summary>
    public async Task ReleaseAsync(DbConnection connection, CancellationToken stop)
    {
        await connection.ExecuteAsync(null, "delete from access_tidying where holder = @holder", stop, ("holder", _holder));
        IsHeld = false;
    }
}
