using System.Globalization;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>Divisions by code or name, as of a day: what was in force, what was abolished, and where its people are found now.</summary>
[Authorize(Policy = Policies.CanSeeDirectory)]
internal sealed class DivisionsModel(TimeProvider clock) : PageModel
{
    public const int MostShown = 100;

    private const int LongestWords = 30;

    public string Words { get; private set; } = "";

    public DateOnly Today { get; } = ChinaTime.DayOf(clock.GetUtcNow());

    public DateOnly Day { get; private set; }

    public IReadOnlyList<Division> Found { get; private set; } = [];

    public int Count { get; private set; }

    public void OnGet(string? q, string? on)
    {
        Words = EntryForm.Trim(q ?? "");
        if (Words.Length > LongestWords) Words = Words[..LongestWords];
        Day = EntryForm.Day.Read(EntryForm.Trim(on ?? "")) is { } day ? DateOnly.ParseExact(day, CalendarText.DayForm, CultureInfo.InvariantCulture) : Today;
        if (Words.Length == 0) return;
        var found = (Words.All(char.IsAsciiDigit) ? DivisionBook.Shipped.All.Where(one => one.Code.StartsWith(Words, StringComparison.Ordinal)) : DivisionBook.Shipped.Named(Words, Day)).ToList();
        (Count, Found) = (found.Count, [.. found.Take(MostShown)]);
    }

    /// <summary>An edge as exactly as it is known.</summary>
    public static string Edge(DivisionEdge edge, string unknown) =>
        edge.NotBefore is not { } first ? $"{unknown}–{edge.By.Year}" : first == edge.By ? EntryForm.Written(first) : first.Year == edge.By.Year ? $"{first.Year}" : $"{first.Year}–{edge.By.Year}";
}
