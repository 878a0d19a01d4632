namespace Liuzhuan.Commands.DemoData;

/// <summary>Division codes (GB/T 2260) of the demonstration: the counties of Jilin province, and first registrations elsewhere, some of them abolished since.</summary>
internal static class DemoPlaces
{
    /// <summary>The sixty counties, districts and county-level cities of Jilin.</summary>
    public static readonly string[] Jilin =
    [
        "220102", "220103", "220104", "220105", "220106", "220112", "220113", "220122", "220182", "220183", "220184",
        "220202", "220203", "220204", "220211", "220221", "220281", "220282", "220283", "220284",
        "220302", "220303", "220322", "220323", "220382", "220402", "220403", "220421", "220422",
        "220502", "220503", "220521", "220523", "220524", "220581", "220582",
        "220602", "220605", "220621", "220622", "220623", "220681", "220702", "220721", "220722", "220723", "220781",
        "220802", "220821", "220822", "220881", "220882",
        "222401", "222402", "222403", "222404", "222405", "222406", "222424", "222426",
    ];

    /// <summary>Where other numbers were first given out.</summary>
    public static readonly string[] Elsewhere =
    [
        "110105", "110108", "120101", "130102", "130203", "140105", "150102", "150502", "210102", "210103", "210202", "210303", "210804",
        "230102", "230103", "230203", "230302", "231002", "310104", "310115", "320102", "320504", "321002", "330106", "330203", "340104",
        "350203", "360102", "370102", "370202", "370602", "371302", "410105", "411302", "420106", "430102", "440106", "440305", "450102",
        "500103", "510107", "530102", "610113", "620102",
    ];

    /// <summary>Every prefix of a number, Jilin first.</summary>
    public static readonly string[] All = [.. Jilin, .. Elsewhere];
}
