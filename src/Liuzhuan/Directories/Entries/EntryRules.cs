using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Directories.Entries;

/// <summary>What must hold between entries. Pure.</summary>
internal static class EntryRules
{
    private const int DeepestOffice = 6;

    /// <param name="after">The directory with all that is to be changed.</param>
    /// <param name="before">The entry as it was; null when it is new.</param>
    public static Refusal? Check(DirectoryBook after, Entry entry, Entry? before, DateOnly today) =>
        (entry.Day("valid_from"), entry.Day("valid_to")) is ({ } from, { } to) && to < from ? DirectoryRefusals.EndBeforeStart
        : Division(entry, before, today) ?? Own(after, entry) ?? (before?.Filled("valid_to") is null && entry.Day("valid_to") is { } end ? End(after, entry, end) : null);

    // A new body is not set up in a division that no longer exists; an old one stays where it was.
    private static Refusal? Division(Entry entry, Entry? before, DateOnly today) =>
        entry.Filled("division") is { } code && before?["division"] != code && DivisionBook.Shipped.Find(code, entry.Day("valid_from") ?? today) is null ? DirectoryRefusals.DivisionOver(code) : null;

    private static Refusal? Own(DirectoryBook after, Entry entry) => entry.Kind.Id switch
    {
        "offices" => Office(after, after.Offices[entry.Key]),
        "officers" => after.Offices.TryGetValue(entry["office"], out var office) ? Within(after.Officers[entry.Key].Term, office.Term, EntryKind.Office) : DirectoryRefusals.NoSuch(EntryKind.Office, entry["office"]),
        "liaisons" => Seat(after, entry["office"], entry["officer"]),
        "leave" => !after.Officers.ContainsKey(entry["officer"]) ? DirectoryRefusals.NoSuch(EntryKind.Officer, entry["officer"]) : entry.Day("to") < entry.Day("from") ? DirectoryRefusals.EndBeforeStart : null,
        _ => null,
    };

    private static Refusal? Office(DirectoryBook after, Office office)
    {
        if (!after.Agencies.TryGetValue(office.Agency, out var agency)) return DirectoryRefusals.NoSuch(EntryKind.Agency, office.Agency);
        var at = office;
        for (var depth = 0; at.Parent.Length > 0; depth++)
        {
            if (depth == DeepestOffice || at.Parent == office.Code) return DirectoryRefusals.Circle;
            if (!after.Offices.TryGetValue(at.Parent, out var parent)) return DirectoryRefusals.NoSuch(EntryKind.Office, at.Parent);
            at = parent;
        }

        return Within(office.Term, agency.Term, EntryKind.Agency);
    }

    private static Refusal? Seat(DirectoryBook after, string office, string officer) =>
        !after.Offices.TryGetValue(office, out var place) ? DirectoryRefusals.NoSuch(EntryKind.Office, office)
        : !after.Officers.TryGetValue(officer, out var who) ? DirectoryRefusals.NoSuch(EntryKind.Officer, officer)
        : !after.Offices.TryGetValue(who.Office, out var own) || own.Agency != place.Agency ? DirectoryRefusals.OtherAgency
        : null;

    // Nobody is left in what has ended: whoever works there moves or ends by then.
    private static Refusal? Within(Term inner, Term outer, EntryKind kind) =>
        outer.To is { } end && (inner.To is not { } own || own > end) ? DirectoryRefusals.BeyondEnd(kind, end) : null;

    private static Refusal? End(DirectoryBook after, Entry entry, DateOnly end)
    {
        var left = entry.Kind.Id switch
        {
            "agencies" => after.OfficesOf(entry.Key).Count(one => Outlasts(one.Term, end)),
            "offices" => after.OfficersOf(entry.Key).Count(one => Outlasts(one.Term, end)) + after.Below(entry.Key).Count(one => Outlasts(one.Term, end)),
            _ => 0,
        };
        return left == 0 ? null : DirectoryRefusals.NotEmpty(left);
    }

    private static bool Outlasts(Term term, DateOnly end) => term.To is not { } to || to > end;
}
