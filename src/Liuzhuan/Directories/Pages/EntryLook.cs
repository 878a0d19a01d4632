using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Directories.Pages;

/// <summary>How an entry is shown and where its page is.</summary>
internal static class EntryLook
{
    public static string Path(EntryKind kind, string key) => $"/workbench/directory/{kind.Id}/{key}";

    /// <summary>What it is called in lists and headings.</summary>
    public static string Title(DirectoryBook book, Entry entry, PageLanguage language) => entry.Kind.Id switch
    {
        "liaisons" => language.Format(DirectoryTexts.Seat, OfficeName(book, entry["office"], language), Seat(entry["order"], language)),
        "leave" => $"{book.Officers.GetValueOrDefault(entry["officer"])?.Name.In(language.Language) ?? entry["officer"]} {entry["from"]}–{entry["to"]}",
        _ => language.Language == PageLanguage.English && entry.Filled("name_en") is { } english ? english : entry["name"],
    };

    /// <summary>Where it belongs: the office of an officer, the agency of an office, the division of an agency.</summary>
    public static string Place(DirectoryBook book, Entry entry, PageLanguage language, DateOnly day) => entry.Kind.Id switch
    {
        "offices" => book.Agencies.GetValueOrDefault(entry["agency"])?.Name.In(language.Language) ?? entry["agency"],
        "officers" => OfficeName(book, entry["office"], language),
        "liaisons" => book.Officers.GetValueOrDefault(entry["officer"])?.Name.In(language.Language) ?? entry["officer"],
        "leave" => book.Officers.TryGetValue(entry["officer"], out var officer) ? OfficeName(book, officer.Office, language) : "",
        _ => DivisionBook.Shipped.FullName(entry["division"], day),
    };

    /// <summary>A value with what the code in it stands for.</summary>
    public static string Value(DirectoryBook book, EntryColumn column, string value, PageLanguage language, DateOnly day)
    {
        if (value.Length == 0) return language[DirectoryTexts.Empty];
        var shown = column.Form.Show(value, language.Language);
        var name = Linked(column.Id) is { } kind ? book.Find(kind, value) is { } entry ? Title(book, entry, language) : null : column.Id == "division" ? DivisionBook.Shipped.FullName(value, day) : null;
        return name is null ? shown : language.Language == PageLanguage.English ? $"{name} ({shown})" : $"{name}（{shown}）";
    }

    /// <summary>The kind of entry that a column refers to.</summary>
    public static EntryKind? Linked(string column) => column switch { "agency" => EntryKind.Agency, "office" or "parent" => EntryKind.Office, "officer" => EntryKind.Officer, _ => null };

    public static Status State(DirectoryBook book, Entry entry, PageLanguage language, DateOnly day)
    {
        if (entry.Kind == EntryKind.Leave)
        {
            return entry.Day("to") < day ? new Status(StatusKind.Plain, language[DirectoryTexts.Over]) : entry.Day("from") > day ? new Status(StatusKind.Plain, language[DirectoryTexts.NotYet]) : new Status(StatusKind.Warning, language[DirectoryTexts.OnLeave]);
        }

        if (entry.Day("valid_from") > day) return new Status(StatusKind.Plain, language[DirectoryTexts.NotYet]);
        if (!entry.IsInForce(day)) return new Status(StatusKind.Plain, language[DirectoryTexts.Over]);
        return entry.Kind == EntryKind.Officer && book.LeaveOf(entry.Key).Any(leave => leave.Covers(day)) ? new Status(StatusKind.Warning, language[DirectoryTexts.OnLeave]) : new Status(StatusKind.Good, language[DirectoryTexts.InForce]);
    }

    public static string Seat(string order, PageLanguage language) =>
        order == "1" ? language[DirectoryTexts.LiaisonSeat] : language.Format(DirectoryTexts.StandIn, int.Parse(order, System.Globalization.CultureInfo.InvariantCulture) - 1);

    private static string OfficeName(DirectoryBook book, string office, PageLanguage language) => book.Offices.GetValueOrDefault(office)?.Name.In(language.Language) ?? office;
}
