using System.Buffers;
using System.Text.Json;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>Shows a person's list. To look at it is itself an access to the person: it is logged before anything is shown, and stands at the top of the list.</summary>
internal sealed class ShowAccesses(Ledger ledger, AccessRecorder recorder, AccessHistory history, TimeProvider clock)
{
    // Personal Information Protection Law: whose information is processed may know of it (article 44) and look into it (article 45).
    private const string Provision = "个人信息保护法第四十四条、第四十五条";

    private const string List = "accesses";

    /// <param name="person">All numbers of the person.</param>
    /// <param name="before">From an earlier page; null for the newest.</param>
    /// <exception cref="LedgerUnavailableException">It could not be logged, so nothing is shown.</exception>
    public async Task<AccessPage> RunAsync(Looker looker, string purpose, IReadOnlyList<PersonKey> person, int size, long? before, CancellationToken stop)
    {
        await LogAsync(looker, List, purpose, person, stop);
        return await history.ReadAsync(person, clock.GetUtcNow(), size, before, stop);
    }

    /// <summary>Logs that something of a person's list is about to be shown. The entry does not say which access it is: that would tie the person's account to it for all who read the ledger.</summary>
    /// <param name="what">Code of what is shown.</param>
    /// <exception cref="LedgerUnavailableException">It could not be logged, so nothing may be shown.</exception>
    public async Task LogAsync(Looker looker, string what, string purpose, IReadOnlyList<PersonKey> person, CancellationToken stop)
    {
        var look = new AccessEvent { Agency = looker.Agency, Purpose = purpose, Provision = Provision, Fact = List };
        var entry = new NewEntry("disclosure", looker.Actor, Detail(looker, what, purpose)) { Companions = [recorder.For(look, [.. person])] };
        if (await ledger.AppendAsync(entry, stop) is null) throw new InvalidOperationException("The ledger refused to log a look at a list.");
    }

    private static byte[] Detail(Looker looker, string what, string purpose)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("disclosed", what);
            json.WriteString("purpose", purpose);
            if (looker.AssistedBy is { } officer) json.WriteString("assistedBy", officer);
            if (looker.ActsFor is { } person) json.WriteString("actsFor", person);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>Who looks at a person's list.</summary>
/// <param name="Actor">As the ledger names them, for example <c>operator/root@host</c>.</param>
/// <param name="Agency">As the person reads who looked.</param>
/// <param name="AssistedBy">The officer at whose window it is; null elsewhere.</param>
/// <param name="ActsFor">The citizen a proxy acts for; null for all others.</param>
internal sealed record Looker(string Actor, string Agency, string? AssistedBy = null, string? ActsFor = null);
