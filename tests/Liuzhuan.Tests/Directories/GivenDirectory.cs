using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;

namespace Liuzhuan.Tests.Directories;

/// <summary>A small directory that tests start from: a provincial and a city bureau, a county bureau with a station, and who works there.</summary>
internal static class GivenDirectory
{
    // Codes of bodies that do not exist, with right check characters.
    public const string Province = "11220000DEMA000138", City = "11220100DEMA000218", County = "11220104DEMA0003XR";

    public const string ProvinceOffice = "220000990000", CityOffice = "220100990000", CountyOffice = "220104990000", Station = "220104990100";

    public static readonly DateOnly Today = new(2026, 3, 5);

    public static GivenRow[] Rows =>
    [
        Agency(Province, "省厅", "province", "220000"), Agency(City, "市局", "city", "220100"), Agency(County, "分局", "county", "220104"),
        Office(ProvinceOffice, "省厅户政", Province, "province", "220000"), Office(CityOffice, "市局户政", City, "city", "220100", ProvinceOffice),
        Office(CountyOffice, "分局户政", County, "county", "220104", CityOffice), Office(Station, "示范路派出所", County, "station", "220104", CountyOffice),
        Officer("J1001", "甲", ProvinceOffice), Officer("J2001", "乙", CityOffice), Officer("J2002", "丙", CityOffice), Officer("J3001", "丁", CountyOffice), Officer("J4001", "戊", Station),
        Seat(ProvinceOffice, 1, "J1001"), Seat(CityOffice, 1, "J2001"), Seat(CityOffice, 2, "J2002"), Seat(CountyOffice, 1, "J3001"),
    ];

    public static DirectoryBook Book => Grown(DirectoryBook.Empty, Rows);

    public static GivenRow Agency(string code, string name, string level, string division) => Row("agencies", ("code", code), ("name", name), ("branch", "public-security"), ("level", level), ("division", division));

    public static GivenRow Office(string code, string name, string agency, string level, string division, string parent = "") =>
        Row("offices", ("code", code), ("name", name), ("agency", agency), ("level", level), ("division", division), ("parent", parent));

    public static GivenRow Officer(string id, string name, string office) => Row("officers", ("id", id), ("name", name), ("office", office), ("valid_from", "2020-01-01"));

    public static GivenRow Seat(string office, int order, string officer) => Row("liaisons", ("office", office), ("order", $"{order}"), ("officer", officer));

    public static GivenRow Leave(string officer, string from, string to) => Row("leave", ("officer", officer), ("from", from), ("to", to), ("reason", "annual"));

    public static GivenRow Row(string kind, params (string Column, string Value)[] cells) => new(kind, 2, kind, cells.ToDictionary(cell => cell.Column, cell => cell.Value));

    /// <summary>The directory with rows that must all be taken.</summary>
    public static DirectoryBook Grown(DirectoryBook book, params GivenRow[] rows)
    {
        var preview = PreviewChange.Of(book, rows, Today);
        Assert.Empty(preview.Refused.Select(one => $"{one.Row.Kind}: {one.Refusal.English}"));
        return book.With(preview.Lines.Select(line => line.After));
    }
}
