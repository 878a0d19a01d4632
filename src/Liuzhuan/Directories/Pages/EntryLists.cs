using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Pages;

/// <summary>What belongs to an entry, in the lists of its page.</summary>
internal static class EntryLists
{
    public static IReadOnlyList<(Text Title, IReadOnlyList<Entry> Entries)> Of(DirectoryBook book, Entry entry) => entry.Kind.Id switch
    {
        "agencies" => [(DirectoryTexts.Offices, Entries(book, EntryKind.Office, book.OfficesOf(entry.Key).Select(one => one.Code)))],
        "offices" =>
        [
            (DirectoryTexts.Staff, Entries(book, EntryKind.Officer, book.OfficersOf(entry.Key).Select(one => one.Id))),
            (DirectoryTexts.Seats, Entries(book, EntryKind.Liaison, book.Seats(entry.Key).Select(Key))),
            (DirectoryTexts.Below, Entries(book, EntryKind.Office, book.Below(entry.Key).Select(one => one.Code))),
        ],
        "officers" =>
        [
            (DirectoryTexts.Seats, Entries(book, EntryKind.Liaison, book.SeatsOf(entry.Key).Select(Key))),
            (DirectoryTexts.LeaveTitle, Entries(book, EntryKind.Leave, book.LeaveOf(entry.Key).Select(leave => $"{leave.Officer}/{EntryForm.Written(leave.From)}"))),
        ],
        _ => [],
    };

    private static string Key(LiaisonSeat seat) => $"{seat.Office}/{seat.Order}";

    private static IReadOnlyList<Entry> Entries(DirectoryBook book, EntryKind kind, IEnumerable<string> keys) => [.. keys.Order(StringComparer.Ordinal).Select(key => book.Find(kind, key)).OfType<Entry>()];
}
