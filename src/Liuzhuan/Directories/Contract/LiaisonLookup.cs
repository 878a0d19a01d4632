using Liuzhuan.Platform.People;

namespace Liuzhuan.Directories.Contract;

/// <summary>Who answers for an office on a day: its liaison, the first stand-in who is there, or whoever answers for the office above it.</summary>
internal sealed class LiaisonLookup(DirectoryShelf shelf)
{
    private const int MostOffices = 6;

    /// <summary>Who answers for an office (organ code).</summary>
    public async Task<LiaisonAnswer> ForOfficeAsync(string office, DateOnly day, CancellationToken stop) => Answer(await shelf.LoadAsync(stop), office, day);

    /// <summary>Who answers for the body of a branch at a level that is there for a division, for example the city's public security bureau for a county in it.</summary>
    /// <param name="branch">Code of the branch, for example <c>public-security</c>.</param>
    /// <param name="division">Six digits.</param>
    public async Task<LiaisonAnswer> ForDivisionAsync(string branch, OfficeLevel level, string division, DateOnly day, CancellationToken stop)
    {
        var book = await shelf.LoadAsync(stop);
        return OfficeFor(book, branch, level, division, day) is { } office ? Answer(book, office.Code, day) : new LiaisonAnswer(null, null, []);
    }

    /// <summary>Who answers for an agency (unified credit code) at a level: for its office at that level that stands highest.</summary>
    public async Task<LiaisonAnswer> ForAgencyAsync(string agency, OfficeLevel level, DateOnly day, CancellationToken stop)
    {
        var book = await shelf.LoadAsync(stop);
        var offices = book.OfficesOf(agency).Where(one => one.Level == level && one.Term.Covers(day)).OrderBy(one => one.Code, StringComparer.Ordinal).ToList();
        // With a liaison of its own first, then the one nothing of the agency stands above.
        var chosen = offices.FirstOrDefault(one => book.Seats(one.Code).Any(seat => seat.Term.Covers(day))) ?? offices.FirstOrDefault();
        return chosen is not null ? Answer(book, chosen.Code, day) : new LiaisonAnswer(null, null, []);
    }

    /// <summary>The organ codes of the offices for which an officer answers on a day.</summary>
    public async Task<IReadOnlyList<string>> OfficesOfAsync(string officer, DateOnly day, CancellationToken stop)
    {
        var book = await shelf.LoadAsync(stop);
        return [.. book.Offices.Values.Where(office => office.Term.Covers(day) && Answer(book, office.Code, day).Officer?.Id == officer).Select(office => office.Code).Order(StringComparer.Ordinal)];
    }

    /// <summary>The answer with every step that led to it. Pure.</summary>
    public static LiaisonAnswer Answer(DirectoryBook book, string office, DateOnly day)
    {
        var (steps, at) = (new List<LiaisonStep>(), office);
        for (var left = MostOffices; left > 0 && book.Offices.TryGetValue(at, out var place); left--)
        {
            var before = steps.Count;
            foreach (var seat in book.Seats(at).Where(seat => seat.Term.Covers(day)))
            {
                var officer = book.Officers.GetValueOrDefault(seat.Officer);
                var leave = book.LeaveOf(seat.Officer).FirstOrDefault(one => one.Covers(day));
                var outcome = officer is null || !officer.Term.Covers(day) ? LiaisonOutcome.NotInService : leave is not null ? LiaisonOutcome.OnLeave : LiaisonOutcome.Answers;
                steps.Add(new LiaisonStep(place, seat.Order, officer, outcome, leave?.To));
                if (outcome == LiaisonOutcome.Answers) return new LiaisonAnswer(officer, place, steps);
            }

            if (steps.Count == before) steps.Add(new LiaisonStep(place, 0, null, LiaisonOutcome.NoneNamed, null));
            at = place.Parent;
        }

        return new LiaisonAnswer(null, null, steps);
    }

    // Of several that are there for a division, the one for the smallest: a district's own before its city's.
    private static Office? OfficeFor(DirectoryBook book, string branch, OfficeLevel level, string division, DateOnly day) => book.Offices.Values
        .Where(one => one.Level == level && one.Term.Covers(day) && book.Agencies.GetValueOrDefault(one.Agency)?.Branch == branch && DivisionBook.Shipped.Covers(one.Division, division, day))
        .OrderBy(one => !book.Seats(one.Code).Any(seat => seat.Term.Covers(day))).ThenByDescending(one => DivisionBook.Shipped.Ancestors(one.Division, day).Count).ThenBy(one => one.Code, StringComparer.Ordinal).FirstOrDefault();
}
