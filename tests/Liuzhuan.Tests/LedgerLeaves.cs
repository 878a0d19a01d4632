using System.Text.Json;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests;

/// <summary>What stands in the ledger of a database.</summary>
internal static class LedgerLeaves
{
    /// <summary>The entries of a kind, the oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> OfAsync(DataStore store, string kind)
    {
        await using var connection = await store.OpenAsync(default);
        return await connection.ListAsync(null, "select leaf from ledger_entries where kind = @kind order by position", row => JsonSerializer.Deserialize<JsonElement>(row.GetFieldValue<byte[]>(0)), default, ("kind", kind));
    }

    /// <summary>A text value of an entry's detail; null where there is none.</summary>
    public static string? Said(this JsonElement leaf, string name) => leaf.GetProperty("detail").TryGetProperty(name, out var value) ? value.ToString() : null;

    public static string Actor(this JsonElement leaf) => leaf.GetProperty("actor").GetString()!;
}
