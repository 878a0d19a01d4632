using System.Buffers;
using System.Text.Json;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>Shows a person's list. To look at it is itself an access to the person: it is logged before anything is shown, and stands at the top of the list.</summary>
internal sealed class ShowAccesses(Ledger ledger, AccessRecorder recorder, AccessHistory history, TimeProvider clock)
{
    // Personal Information Protection Law: whose information is processed may know of it (article 44) and look into it (article 45).
    private const string Provision = "个人信息保护法第四十四条、第四十五条";

    /// <param name="actor">As the ledger names who looks, for example <c>operator/root@host</c>.</param>
    /// <param name="agency">As the person reads who looked.</param>
    /// <param name="person">All numbers of the person.</param>
    /// <param name="before">From an earlier page; null for the newest.</param>
    /// <exception cref="LedgerUnavailableException">It could not be logged, so nothing is shown.</exception>
    public async Task<AccessPage> RunAsync(string actor, string agency, string purpose, IReadOnlyList<PersonKey> person, int size, long? before, CancellationToken stop)
    {
        var look = new AccessEvent { Agency = agency, Purpose = purpose, Provision = Provision, Fact = "accesses" };
        var entry = new NewEntry("disclosure", actor, Detail(purpose)) { Companions = [recorder.For(look, [.. person])] };
        if (await ledger.AppendAsync(entry, stop) is null) throw new InvalidOperationException("The ledger refused to log a look at a list.");
        return await history.ReadAsync(person, clock.GetUtcNow(), size, before, stop);
    }

    private static byte[] Detail(string purpose)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("disclosed", "accesses");
            json.WriteString("purpose", purpose);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
