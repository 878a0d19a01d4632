using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Notices.Webhooks;

/// <summary>A machine that is told of events.</summary>
/// <param name="Events">Codes of templates.</param>
internal sealed record Webhook(string Id, Uri Address, IReadOnlyList<string> Events, DateTimeOffset AddedAt, bool IsDisabled)
{
    public const char Separator = ',';

    public bool IsToldOf(string template) => !IsDisabled && Events.Contains(template);

    public static async Task<IReadOnlyList<Webhook>> ListAsync(DbConnection connection, CancellationToken stop) =>
        await connection.ListAsync(null, "select id, address, events, added_at, disabled_at from webhooks order by id", row =>
            new Webhook(row.GetString(0), new Uri(row.GetString(1)), row.GetString(2).Split(Separator), row.Instant(3), !row.IsDBNull(4)), stop);
}
