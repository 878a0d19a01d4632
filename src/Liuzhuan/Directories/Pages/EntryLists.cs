using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Pages;

/// <summary>What belongs to an entry, in the lists of its page, each with the heading of what stands beside the names.</summary>
internal static class EntryLists
{
    public static IReadOnlyList<(Text Title, Text Beside, IReadOnlyList<Entry> Entries)> Of(DirectoryBook book, Entry entry) => entry.Kind.Id switch
    {
        "agencies" => [(DirectoryTexts.Offices, DirectoryTexts.Place, Entries(book, EntryKind.Office, book.OfficesOf(entry.Key).Select(one => one.Code)))],
        "offices" =>
        [
            (DirectoryTexts.Staff, DirectoryTexts.Post, Entries(book, EntryKind.Officer, book.OfficersOf(entry.Key).Select(one => one.Id))),
            (DirectoryTexts.Seats, DirectoryTexts.Who, Entries(book, EntryKind.Liaison, book.Seats(entry.Key).Select(Key))),
            (DirectoryTexts.Below, DirectoryTexts.Place, Entries(book, EntryKind.Office, book.Below(entry.Key).Select(one => one.Code))),
        ],
        "officers" =>
        [
            (DirectoryTexts.Seats, DirectoryTexts.Who, Entries(book, EntryKind.Liaison, book.SeatsOf(entry.Key).Select(Key))),
            (DirectoryTexts.LeaveTitle, DirectoryTexts.Place, Entries(book, EntryKind.Leave, book.LeaveOf(entry.Key).Select(leave => $"{leave.Officer}/{EntryForm.Written(leave.From)}"))),
        ],
        _ => [],
    };

    private static string Key(LiaisonSeat seat) => $"{seat.Office}/{seat.Order}";

    private static IReadOnlyList<Entry> Entries(DirectoryBook book, EntryKind kind, IEnumerable<string> keys) => [.. keys.Order(StringComparer.Ordinal).Select(key => book.Find(kind, key)).OfType<Entry>()];
}
