using System.Text.Json;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Who looked a person up, as the ledger entry itself says: where an objection goes.</summary>
/// <param name="Actor">The officer; empty for a machine or an operator.</param>
internal sealed record Asker(string Actor, string Office, string Agency, string Division)
{
    /// <summary>Reads the leaf. What it does not name stays empty; <see cref="WhoDecides"/> finds a place for it.</summary>
    public static Asker Of(StoredEntry entry)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        var actor = leaf.RootElement.GetProperty("actor").GetString() ?? "";
        if (actor.Split('/') is ["agency", var agency, ..]) return new Asker("", "", agency, "");
        var detail = leaf.RootElement.GetProperty("detail");
        return new Asker(actor, Text(detail, "office"), Text(detail, "agency"), Text(detail, "division"));
    }

    private static string Text(JsonElement detail, string name) => detail.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
