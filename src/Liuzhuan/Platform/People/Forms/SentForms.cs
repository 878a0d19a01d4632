using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Platform.People.Forms;

/// <summary>Remembers which forms were done, in the commit of what they did, so that a form is done once on however many hosts, and the second sending finds what came of the first.</summary>
internal sealed class SentForms(DataStore store, SignInOptions options, TimeProvider clock)
{
    /// <summary>What came of a form; null while nothing did.</summary>
    public async Task<DoneForm?> FindAsync(SentForm form, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return (await connection.ListAsync(null, "select position, at, result from sent_forms where digest = @digest",
            row => new DoneForm(row.GetInt64(0), row.Instant(1), form.Open(row.GetString(2))), stop, ("digest", form.Digest))) is [var done] ? done : null;
    }

    /// <summary>To be written with what the form does. It touches no row, and so refuses the entry, where the form was done before.</summary>
    /// <param name="result">What <see cref="FindAsync"/> is to find; names no person. It is kept sealed, see <see cref="SentForm.Seal"/>.</param>
    public Statement Done(SentForm form, string result)
    {
        var now = clock.GetUtcNow();
        // No session is open for longer, and a form belongs to one.
        return new("insert into sent_forms (digest, position, at, result, expires_at) values (@digest, @position, @at, @result, @until) on conflict do nothing",
            ("digest", form.Digest), ("position", Statement.Position), ("at", now), ("result", form.Seal(result)), ("until", now + options.LongestFor));
    }

    /// <summary>Forgets forms whose session is over. Gives back how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from sent_forms where expires_at < @now", stop, ("now", now));
    }
}

/// <param name="Position">Of the entry of the ledger that it made.</param>
/// <param name="Result">As it was given to <see cref="SentForms.Done"/>.</param>
internal sealed record DoneForm(long Position, DateTimeOffset At, string Result);
