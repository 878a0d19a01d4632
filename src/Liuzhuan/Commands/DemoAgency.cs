using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Agreements;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Commands;

/// <summary>A made-up agency that may ask a made-up register, with a question to try: what a newcomer needs for a first answer.</summary>
internal sealed class DemoAgency(DataStore store, Ledger ledger, KeyFolder keys, FactCatalogue facts, DemoQuestion question, TimeProvider clock) : IHostedService
{
    /// <summary>Within the data folder.</summary>
    public const string QuestionFile = "ask/question.json";

    // A code with a right check character that no body has (organ code DEMX0001-4).
    private const string Agency = "11220000DEMX00014C";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stop = cancellationToken;
        var key = ClientCredential.Of(VerifyingKey.Of(keys.Current(KeyPurposes.DemoAgency, SigningSuites.Es256.Id)));
        using var certificate = LocalCertificates.Client(Path.Combine(store.Folder, "tls"), KeyPurposes.DemoAgency, clock);
        var manage = new ManageAccess(ledger, facts, clock, "operator/demonstration");
        var listed = (await ListAccess.RunAsync(store, stop)).FirstOrDefault(one => one.Client.Id == KeyPurposes.DemoAgency);
        if (listed is null) await manage.AddClientAsync(KeyPurposes.DemoAgency, Agency, key, stop);
        if (listed?.Keys.Any(one => one.KeyId == key.KeyId) is false) await manage.AddKeyAsync(KeyPurposes.DemoAgency, key, stop);
        var thumbprint = LocalCertificates.Thumbprint(certificate);
        if (listed?.Keys.Any(one => one.KeyId == thumbprint) is not true) await manage.AddKeyAsync(KeyPurposes.DemoAgency, new ClientCredential(thumbprint, ClientKey.Certificate, []), stop);
        foreach (var fact in facts.All)
        {
            if (listed?.Grants.Any(grant => grant.Fact == fact.Id) is true) continue;
            await manage.AllowAsync(KeyPurposes.DemoAgency, fact.Id, DemoMode.Purpose, "演示数据，不涉及真实的人", fact.Compared, sealDays: 0, until: null, stop);
        }

        PrivateFolder.Create(Path.Combine(store.Folder, "ask"));
        using var file = ReplacedFile.Create(Path.Combine(store.Folder, QuestionFile));
        file.Stream.Write(JsonSerializer.SerializeToUtf8Bytes(new { purpose = DemoMode.Purpose, person = new { number = question.Number, name = question.Name }, facts = new[] { new { fact = "identity" }, new { fact = "residence" } } }, Readable));
        file.Place();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A made-up person to ask about.</summary>
internal sealed record DemoQuestion(string Number, string Name);
