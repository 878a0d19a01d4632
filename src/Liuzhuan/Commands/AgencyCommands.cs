using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Liuzhuan.Agreements;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Commands;

/// <summary><c>agency</c>: which machines of agencies may ask, with which keys, for what. Every change is an entry of the ledger.</summary>
internal static class AgencyCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("agency", "管理可以核验的单位：客户端、公钥、授权", "Who may ask: clients of agencies, their keys, their access");
        command.Subcommands.Add(Add(session));
        command.Subcommands.Add(AddKey(session));
        command.Subcommands.Add(Allow(session));
        command.Subcommands.Add(RevokeKey(session));
        command.Subcommands.Add(Disable(session));
        command.Subcommands.Add(List(session));
        return command;
    }

    private static Command Add(Session session)
    {
        var command = session.Command("add", "登记一个客户端", "Registers a client");
        var client = ClientArgument(session, command);
        var agency = session.Option<string>("--agency", "机关的统一社会信用代码", "Unified social credit code of the agency", required: true, value: "CODE");
        command.Options.Add(agency);
        var (key, certificate) = CredentialOptions(session, command);
        Run(session, command, (manage, parsed, stop) => Credential(parsed.GetValue(key), parsed.GetValue(certificate)).Ok(out var credential, out var refusal)
            ? manage.AddClientAsync(parsed.GetValue(client)!, parsed.GetValue(agency)!, credential, stop)
            : Task.FromResult<Result<string>>(refusal));
        return command;
    }

    private static Command AddKey(Session session)
    {
        var command = session.Command("add-key", "为客户端增加一把公钥或一张证书", "Adds a key or certificate to a client");
        var client = ClientArgument(session, command);
        var (key, certificate) = CredentialOptions(session, command);
        Run(session, command, (manage, parsed, stop) => Credential(parsed.GetValue(key), parsed.GetValue(certificate)).Ok(out var credential, out var refusal)
            ? manage.AddKeyAsync(parsed.GetValue(client)!, credential, stop)
            : Task.FromResult<Result<string>>(refusal));
        return command;
    }

    private static Command Allow(Session session)
    {
        var command = session.Command("allow", "授权客户端为一种用途核验一项事实", "Allows a client one fact for one purpose");
        var client = ClientArgument(session, command);
        var fact = session.Option<string>("--fact", "事实代码，如 identity", "Code of the fact, for example identity", required: true, value: "FACT");
        var purpose = session.Option<string>("--purpose", "用途代码，如 school-enrolment", "Code of the purpose, for example school-enrolment", required: true, value: "CODE");
        var provision = session.Option<string>("--provision", "依据的法律条款", "The provision it rests on", required: true, value: "TEXT");
        var fields = session.Option<string>("--fields", "可比对的项，用逗号分隔", "Fields that may be compared, joined by commas", required: true, value: "A,B");
        var seal = session.Option<int>("--seal-days", "可对当事人暂缓公开的天数（默认 0）", "For how many days the person may be kept from seeing it (default 0)", value: "N");
        var until = session.Option<string>("--until", "授权截止日（不含当日）", "Day on which the access ends, exclusive", value: "YYYY-MM-DD");
        foreach (var option in new Option[] { fact, purpose, provision, fields, seal, until }) command.Options.Add(option);
        Run(session, command, (manage, parsed, stop) =>
        {
            DateTimeOffset? end = null;
            if (parsed.GetValue(until) is { } day)
            {
                if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return Task.FromResult<Result<string>>(NotADay);
                // The day begins in Beijing.
                end = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime();
            }

            var names = parsed.GetValue(fields)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return manage.AllowAsync(parsed.GetValue(client)!, parsed.GetValue(fact)!, parsed.GetValue(purpose)!, parsed.GetValue(provision)!, names, parsed.GetValue(seal), end, stop);
        });
        return command;
    }

    private static Command RevokeKey(Session session)
    {
        var command = session.Command("revoke-key", "停用客户端的一把公钥或一张证书", "Revokes a key or certificate of a client");
        var client = ClientArgument(session, command);
        var key = session.Argument<string>("KEY-ID", "公钥指纹，见 agency list", "Thumbprint of the key; see agency list");
        command.Arguments.Add(key);
        Run(session, command, (manage, parsed, stop) => manage.RevokeKeyAsync(parsed.GetValue(client)!, parsed.GetValue(key)!, stop));
        return command;
    }

    private static Command Disable(Session session)
    {
        var command = session.Command("disable", "停用一个客户端", "Disables a client");
        var client = ClientArgument(session, command);
        Run(session, command, (manage, parsed, stop) => manage.DisableAsync(parsed.GetValue(client)!, stop));
        return command;
    }

    private static Command List(Session session)
    {
        var command = session.Command("list", "列出客户端、公钥和授权", "Lists clients, keys and access");
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                foreach (var listed in await ListAccess.RunAsync(opened.Store, stop)) Tell(session, listed);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Tell(Session session, ListedClient listed)
    {
        var terminal = session.Terminal.Out;
        var off = listed.Client.DisabledAt is null ? "" : session.Say("（已停用）", " (disabled)");
        terminal.WriteLine($"{listed.Client.Id}  {listed.Client.Agency}{off}");
        foreach (var key in listed.Keys) terminal.WriteLine($"  {key.Suite}  {key.KeyId}{(key.RevokedAt is null ? "" : session.Say("（已停用）", " (revoked)"))}");
        foreach (var grant in listed.Grants)
        {
            var until = grant.ValidTo is { } end ? session.Say($"，至 {end:yyyy-MM-dd}", $", until {end:yyyy-MM-dd}") : "";
            terminal.WriteLine($"  {grant.Fact} ({grant.Fields}) · {grant.Purpose} · {grant.Provision}{until}");
        }
    }

    private static readonly Refusal NotADay = new("agency.until", "--until 应为 YYYY-MM-DD 形式的日期。", "--until must be a date in the form YYYY-MM-DD.");

    private static readonly Refusal NoCredential = new("agency.credential", "请用 --key（JWK 公钥文件）或 --certificate（PEM 证书文件）给出恰好一种凭据。", "Give exactly one credential: --key (a public JWK file) or --certificate (a PEM certificate file).");

    private static readonly Refusal NotACertificate = new("agency.certificate", "证书文件无法读取：应为 PEM 格式的 X.509 证书。", "The certificate cannot be read: an X.509 certificate in PEM is expected.");

    private static Argument<string> ClientArgument(Session session, Command command)
    {
        var client = session.Argument<string>("CLIENT", "客户端编号（小写字母、数字、连字符）", "Client id (small letters, digits, hyphens)");
        command.Arguments.Add(client);
        return client;
    }

    private static (Option<string> Key, Option<string> Certificate) CredentialOptions(Session session, Command command)
    {
        var key = session.Option<string>("--key", "公钥文件（JWK）", "Public key file (JWK)", value: "FILE.json");
        var certificate = session.Option<string>("--certificate", "双向 TLS 的客户端证书（PEM）", "Client certificate for mutual TLS (PEM)", value: "FILE.pem");
        command.Options.Add(key);
        command.Options.Add(certificate);
        return (key, certificate);
    }

    private static Result<ClientCredential> Credential(string? keyFile, string? certificateFile)
    {
        if (keyFile is null == certificateFile is null) return NoCredential;
        try
        {
            if (certificateFile is not null)
            {
                using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
                return new ClientCredential(LocalCertificates.Thumbprint(certificate), ClientKey.Certificate, []);
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(keyFile!));
            return JsonWebKeys.Read(json.RootElement).Ok(out var key, out var refusal) ? ClientCredential.Of(key) : refusal;
        }
        catch (CryptographicException)
        {
            return NotACertificate;
        }
        catch (JsonException)
        {
            return JsonWebKeys.Unreadable;
        }
    }

    private static void Run(Session session, Command command, Func<ManageAccess, ParseResult, CancellationToken, Task<Result<string>>> change)
    {
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                var manage = new ManageAccess(opened.Ledger, FactCatalogue.Shipped(), session.Terminal.Clock, OpenedData.Actor);
                if (!(await change(manage, parsed, stop)).Ok(out var position, out refusal)) return session.Refuse(refusal);
                session.Terminal.Out.WriteLine(session.Say($"已生效，记入账本第 {position} 条。", $"Done; entry {position} of the ledger."));
                return ExitCodes.Done;
            }
        });
    }
}
