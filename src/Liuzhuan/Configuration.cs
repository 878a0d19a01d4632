using System.Net;
using System.Net.Mail;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan;

/// <summary>Everything an operator can set by the environment, section by section.</summary>
internal static class Configuration
{
    private const string Serve = "Serve", Api = "Api", Batches = "Batches", Ledger = "Ledger", SignIn = "SignIn", Provider = "SignIn__Provider", Notices = "Notices", Log = "Log", Telemetry = "Telemetry";

    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        ("Data", typeof(DataOptions)), (Serve, typeof(ServeOptions)), (Api, typeof(ApiOptions)), (Batches, typeof(BatchOptions)),
        (Ledger, typeof(LedgerOptions)), (SignIn, typeof(SignInOptions)), (Provider, typeof(ProviderOptions)), (Notices, typeof(NoticeOptions)), (Log, typeof(LogOptions)), (Telemetry, typeof(TelemetryOptions)),
    ];

    /// <summary>The refusal of a variable that looks like a setting and is none.</summary>
    public static Refusal? Stray(SettingReader reader) => reader.Stray(SettingNames.All);

    /// <summary>How the log is named and written.</summary>
    public static Result<LedgerOptions> LedgerOf(SettingReader reader) => !reader.Read<LedgerOptions>(Ledger).Ok(out var ledger, out var refusal) ? refusal
        : NoteKey.IsName(ledger.Origin) ? ledger
        : new Refusal("ledger.origin", "Ledger__Origin 的值不能作账本名称：至多 200 个字符，不含空格和加号。", "Ledger__Origin is no name for a ledger: at most 200 characters, without spaces and plus signs.");

    /// <summary>How people and machines are told.</summary>
    public static Result<NoticeOptions> NoticesOf(SettingReader reader)
    {
        if (!reader.Read<NoticeOptions>(Notices).Ok(out var notices, out var refusal)) return refusal;
        if (notices.SmsGateway is { } gateway && !ReceiverAddress.IsFit(gateway)) return ReceiverAddress.NotAllowed with { Code = "notices.gateway" };
        if (notices.PrivateNetworks.FirstOrDefault(one => !IPNetwork.TryParse(one, out _)) is { } network)
            return new Refusal("notices.network", $"Notices__PrivateNetworks 中的“{network}”不是网段：请写成 10.20.0.0/16 的形式。", $"\"{network}\" in Notices__PrivateNetworks is no network: write it like 10.20.0.0/16.");
        if (notices.MailServer is { Length: > 0 } && !MailAddress.TryCreate(notices.MailFrom, out _))
            return SettingRefusals.Together("Notices__MailServer", "Notices__MailFrom", "设置了邮件服务器，就要有正确的发件地址", "with a mail server there must be a right address of the sender");
        return notices.Timeout < notices.Lease ? notices : SettingRefusals.Together("Notices__Timeout", "Notices__Lease", "Lease 应大于 Timeout，否则正在发送的通知会被再发一次", "Lease must be longer than Timeout, or notices under way would be sent twice");
    }

    /// <summary>How long people stay signed in, how long an invitation holds, and which provider of identities there is.</summary>
    public static Result<SignInOptions> SignInOf(SettingReader reader)
    {
        if (!reader.Read<SignInOptions>(SignIn).Ok(out var signIn, out var refusal) || !reader.Read<ProviderOptions>(Provider).Ok(out var provider, out refusal)) return refusal;
        return ProviderSettings.Check(provider) is { } unfit ? unfit : signIn with { Provider = provider };
    }

    /// <summary>All that a server needs, but for what the command line says: folder, database, registers.</summary>
    public static Result<ServeOptions> ServiceOf(SettingReader reader)
    {
        if (Stray(reader) is { } stray) return stray;
        if (!reader.Read<ServeOptions>(Serve).Ok(out var serve, out var refusal) || !reader.Read<ApiOptions>(Api).Ok(out var api, out refusal)
            || !reader.Read<BatchOptions>(Batches).Ok(out var batches, out refusal) || !LedgerOf(reader).Ok(out var ledger, out refusal)
            || !SignInOf(reader).Ok(out var signIn, out refusal)
            || !NoticesOf(reader).Ok(out var notices, out refusal)
            || !reader.Read<LogOptions>(Log).Ok(out var log, out refusal) || !reader.Read<TelemetryOptions>(Telemetry).Ok(out var telemetry, out refusal))
            return refusal;
        if (batches.Beat * 2 > batches.Lease) return SettingRefusals.Together("Batches__Beat", "Batches__Lease", "Lease 至少应是 Beat 的两倍，否则正在处理的批次会被当作无人处理", "Lease must be at least twice Beat, or batches that are worked on would be taken for abandoned");
        if (serve.DrainFor >= serve.StopWithin) return SettingRefusals.Together("Serve__DrainFor", "Serve__StopWithin", "StopWithin 应大于 DrainFor", "StopWithin must be longer than DrainFor");
        return serve with { Api = api, Batches = batches, Ledger = ledger, SignIn = signIn, Notices = notices, Log = log, Telemetry = telemetry };
    }
}
