using System.Text.Json;
using System.Text.RegularExpressions;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Agreements;

/// <summary>Changes of the access list: who may ask, with which keys, for what. Each change and its ledger entry become durable together.</summary>
internal sealed partial class ManageAccess(Ledger ledger, FactCatalogue facts, TimeProvider clock, string actor)
{
    private const string Changed = "update access_changes set count = count + 1 where id = 1";

    private static readonly Refusal ClientTaken = new("agency.client-taken",
        "这个客户端编号已经登记。请换一个编号，或用 agency list 查看。",
        "A client with this id is registered already. Choose another id, or look with \"agency list\".", StatusCodes.Status409Conflict);

    private static readonly Refusal ClientUnknown = new("agency.client-unknown",
        "没有登记这个客户端编号。请用 agency list 查看，或先用 agency add 登记。",
        "No client with this id is registered. Look with \"agency list\", or register it with \"agency add\".", StatusCodes.Status404NotFound);

    private static readonly Refusal KeyUnknown = new("agency.key-unknown",
        "这个客户端没有这把有效的公钥。请用 agency list 查看。",
        "The client has no such key in force. Look with \"agency list\".", StatusCodes.Status404NotFound);

    /// <summary>Registers a machine of an agency with its first key.</summary>
    public async Task<Result<string>> AddClientAsync(string client, string agency, ClientCredential credential, CancellationToken stop)
    {
        if (!ClientForm().IsMatch(client)) return new Refusal("agency.client-form", "客户端编号只能用小写字母、数字和连字符，3 至 40 个字符。", "A client id may hold small letters, digits and hyphens, 3 to 40 of them.");
        if (CreditCode.Check(agency) != Matching.Reasons.None) return new Refusal("agency.credit-code", "机关的统一社会信用代码无效：应为 18 位，校验码要正确。", "The agency's unified social credit code is not valid: 18 characters with a right check character are needed.");
        var now = clock.GetUtcNow();
        return await ChangeAsync("permission", new { act = "add-client", client, agency, key = credential.KeyId }, ClientTaken, stop,
            new("insert into clients (id, agency, added_at) values (@id, @agency, @now) on conflict do nothing", ("id", client), ("agency", agency), ("now", now)),
            InsertKey(client, credential, now));
    }

    /// <summary>Adds a further key, so that a client can change keys without a pause.</summary>
    public Task<Result<string>> AddKeyAsync(string client, ClientCredential credential, CancellationToken stop) =>
        ChangeAsync("permission", new { act = "add-key", client, key = credential.KeyId }, ClientUnknown, stop,
            Exists(client),
            InsertKey(client, credential, clock.GetUtcNow()));

    /// <summary>A key is no longer accepted.</summary>
    public Task<Result<string>> RevokeKeyAsync(string client, string keyId, CancellationToken stop) =>
        ChangeAsync("permission", new { act = "revoke-key", client, key = keyId }, KeyUnknown, stop,
            new Statement("update client_keys set revoked_at = @now where client_id = @id and key_id = @key and revoked_at is null", ("now", clock.GetUtcNow()), ("id", client), ("key", keyId)));

    /// <summary>Nothing of this client is accepted any more.</summary>
    public Task<Result<string>> DisableAsync(string client, CancellationToken stop) =>
        ChangeAsync("permission", new { act = "disable-client", client }, ClientUnknown, stop,
            new Statement("update clients set disabled_at = @now where id = @id and disabled_at is null", ("now", clock.GetUtcNow()), ("id", client)));

    /// <summary>Allows a client one fact for one purpose on one provision.</summary>
    public async Task<Result<string>> AllowAsync(string client, string fact, string purpose, string provision, IReadOnlyList<string> fields, int sealDays, DateTimeOffset? until, CancellationToken stop)
    {
        if (facts.Find(fact) is not { } known) return new Refusal("agency.fact-unknown", $"没有事实 {fact}。可用：{string.Join("、", facts.All.Select(one => one.Id))}。", $"There is no fact {fact}. Possible: {string.Join(", ", facts.All.Select(one => one.Id))}.");
        if (fields.Except(known.Compared).FirstOrDefault() is { } unknown) return new Refusal("agency.field-unknown", $"事实 {fact} 不比对 {unknown}。可用：{string.Join("、", known.Compared)}。", $"The fact {fact} does not compare {unknown}. Possible: {string.Join(", ", known.Compared)}.");
        if (known.Name is { } name && !fields.Contains(name)) return new Refusal("agency.name-needed", $"事实 {fact} 必须比对 {name}：请把它列入 --fields。", $"The fact {fact} always compares {name}: list it in --fields.");
        if (!PurposeForm().IsMatch(purpose)) return new Refusal("agency.purpose-form", "用途代码只能用小写字母、数字和连字符，最多 100 个字符。", "A purpose's code may hold small letters, digits and hyphens, at most 100.");
        if (provision.Length is 0 or > 300) return new Refusal("agency.provision-missing", "请用 --provision 写明授权所依据的法律条款（最多 300 字）：没有依据的授权不得登记。", "Name the provision the access rests on with --provision (at most 300 characters): access without one may not be registered.");
        if (LedgerWords.Check(provision) is { } named) return named;
        if (sealDays is < 0 or > 3660) return new Refusal("agency.seal-days", "暂缓公开的天数应在 0 至 3660 之间。", "The days of delay must be between 0 and 3660.");
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return await ChangeAsync("permission", new { act = "allow", client, grant = id, fact, purpose, provision, fields, sealDays, until = until?.UtcDateTime }, ClientUnknown, stop,
            Exists(client),
            new("insert into grants (id, client_id, fact, purpose, provision, fields, answer_superseded, seal_days, valid_from, valid_to) values (@id, @client, @fact, @purpose, @provision, @fields, @yes, @seal, @now, @until)",
                ("id", id), ("client", client), ("fact", fact), ("purpose", purpose), ("provision", provision), ("fields", string.Join(',', fields)), ("yes", true), ("seal", sealDays), ("now", now), ("until", until)));
    }

    private async Task<Result<string>> ChangeAsync(string kind, object detail, Refusal untouched, CancellationToken stop, params Statement[] statements)
    {
        var entry = new NewEntry(kind, actor, JsonSerializer.SerializeToUtf8Bytes(detail, Compact)) { Companions = [StatementCompanion.Of([.. statements, new Statement(Changed)])] };
        return await ledger.AppendAsync(entry, stop) is { } receipt ? $"{receipt.Position}" : untouched;
    }

    // Touches the client's row when there is one in force; otherwise the whole change is refused.
    private static Statement Exists(string client) => new("update clients set agency = agency where id = @id and disabled_at is null", ("id", client));

    private static Statement InsertKey(string client, ClientCredential credential, DateTimeOffset now) => new(
        "insert into client_keys (client_id, key_id, suite, public_key, added_at) values (@client, @key, @suite, @bytes, @now) on conflict do nothing",
        ("client", client), ("key", credential.KeyId), ("suite", credential.Suite), ("bytes", credential.PublicKey), ("now", now));

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$")]
    private static partial Regex ClientForm();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,99}$")]
    private static partial Regex PurposeForm();
}

/// <summary>A public key or certificate as it is registered.</summary>
internal sealed record ClientCredential(string KeyId, string Suite, byte[] PublicKey)
{
    public static ClientCredential Of(VerifyingKey key) => new(key.KeyId, key.Suite.Id, key.Bytes.ToArray());
}
