using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>How often an agency asks, which decides by when it is answered.</summary>
/// <param name="Rule">The limit in data/clocks/rules.yaml.</param>
internal sealed record Cadence(string Code, Text Name, string Rule)
{
    public static IReadOnlyList<Cadence> All { get; } =
    [
        new("ad-hoc", new("临时核查", "ad hoc"), "exchange-ad-hoc"),
        new("month", new("每月", "monthly"), "exchange-month"),
        new("quarter", new("每季度", "quarterly"), "exchange-quarter"),
        new("half-year", new("每半年", "half-yearly"), "exchange-half-year"),
        new("year", new("每年", "yearly"), "exchange-year"),
    ];

    public static Cadence? Find(string? code) => All.FirstOrDefault(one => one.Code == code);
}
