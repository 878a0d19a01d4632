using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Keeping;

/// <summary>A rule as a clock keeps it: whatever becomes of the rules, the clock goes by the one it was started under.</summary>
internal sealed record StoredRule(string Id, string Zh, string En, string Limit, string Provision, string? Extension, string? ApproverZh, string? ApproverEn, bool Rolls, int Warn)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ClockRule rule) => JsonSerializer.Serialize(
        new StoredRule(rule.Id, rule.Name.Zh, rule.Name.En, $"{rule.Limit}", rule.Provision, rule.Extension?.ToString(), rule.ExtensionApprover?.Zh, rule.ExtensionApprover?.En, rule.Rolls, rule.WarnBefore), Plain);

    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> wrote.</exception>
    public static ClockRule Read(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredRule>(json, Plain) ?? throw new InvalidDataException("A clock has no rule.");
        return new ClockRule
        {
            Id = stored.Id,
            Name = new Text(stored.Zh, stored.En),
            Limit = Length(stored.Limit),
            Provision = stored.Provision,
            Extension = stored.Extension is { } most ? Length(most) : null,
            ExtensionApprover = stored is { ApproverZh: { } zh, ApproverEn: { } en } ? new Text(zh, en) : null,
            Rolls = stored.Rolls,
            WarnBefore = stored.Warn,
        };
    }

    public static Limit Length(string text) => Reading.Limit.Parse(text).Ok(out var limit, out _) ? limit : throw new InvalidDataException($"A clock has the limit {text}, which is none.");
}
