using System.Data.Common;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Supervision.Contract;

/// <summary>Keeps what an officer looked up, with the ledger entry of the look, so that the rules can count it. Nothing of a person but a pseudonym is kept.</summary>
internal sealed class WatchRecorder(WatchLists lists, PseudonymKey key) : ICompanionWriter
{
    private const string Insert = """
        insert into watch_looks (position, officer, office, division, purpose, at, is_file, asked, not_found, person_high, person_low, key_id, people, listed, judged)
        values (@position, @officer, @office, @division, @purpose, @at, @file, @asked, @missing, @high, @low, @key, @people, @listed, @no)
        """;

    /// <summary>One person at the counter.</summary>
    /// <param name="person">Null when the number was none.</param>
    /// <param name="isFound">The register has the number.</param>
    public async Task<Companion> ForPersonAsync(WatchedOfficer officer, string purpose, PersonKey? person, bool isFound, CancellationToken stop)
    {
        Pseudonym? pseudonym = person is { } known ? key.Of(known) : null;
        var listed = person is { } asked ? await lists.CountAsync(officer.Id, key, new[] { asked.Packed }, stop) : "";
        return new Companion(this, new Look(officer, purpose, IsFile: false, 1, isFound ? 0 : 1, pseudonym, [], listed));
    }

    /// <summary>A file of people.</summary>
    /// <param name="people">The numbers that were asked for (<see cref="CitizenNumber.Packed"/>), in any order, repeats allowed.</param>
    /// <param name="asked">Rows that were answered or refused.</param>
    /// <param name="notFound">Of those, how many numbers the register does not have, or are none.</param>
    public async Task<Companion> ForFileAsync(WatchedOfficer officer, string purpose, ReadOnlyMemory<ulong> people, long asked, long notFound, CancellationToken stop)
    {
        var few = ShortList.Of(people.Span) is { Length: > 0 } each ? key.Of(each) : [];
        return new Companion(this, new Look(officer, purpose, IsFile: true, asked, notFound, few is [var alone] ? alone : null, few, await lists.CountAsync(officer.Id, key, people, stop)));
    }

    public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        foreach (var row in rows)
        {
            var look = (Look)row.Content;
            await connection.ExecuteAsync(transaction, Insert, stop,
                ("position", row.Position), ("officer", look.Officer.Id), ("office", look.Officer.Office), ("division", look.Officer.Division), ("purpose", look.Purpose), ("at", row.At),
                ("file", look.IsFile), ("asked", look.Asked), ("missing", look.NotFound), ("high", look.Person?.StoredHigh), ("low", (int?)look.Person?.Low),
                ("key", look.Person is null && look.People.Length == 0 ? null : key.Id), ("people", look.People.Length == 0 ? null : ShortList.Pack(look.People)), ("listed", look.Listed), ("no", false));
        }

        return [];
    }

    private sealed record Look(WatchedOfficer Officer, string Purpose, bool IsFile, long Asked, long NotFound, Pseudonym? Person, Pseudonym[] People, string Listed);
}

/// <summary>Who looks.</summary>
/// <param name="Id">As the ledger names them: <c>officer/…</c>.</param>
/// <param name="Office">Organ code of the office they serve in.</param>
/// <param name="Division">That office's division, six digits of GB/T 2260: its supervisors are told.</param>
internal sealed record WatchedOfficer(string Id, string Office, string Division);
