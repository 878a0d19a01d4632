using System.CommandLine;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>serve</c>: the page on which one drops a file, and the interface for machines, on the loopback address only.</summary>
internal static class ServeCommand
{
    public const int DefaultPort = 5080;

    public static Command Create(Session session)
    {
        var port = session.Option<int?>("--port", "端口（默认 5080，只在本机开放）", "Port (default 5080, open to this machine only)", value: "N");
        var tls = session.Option<int?>("--tls-port", "双向 TLS 的端口（默认不开）", "Port for mutual TLS (default: none)", value: "N");
        var address = session.Option<string>("--public-address", "前面有代理时，客户端所用的地址", "The address clients use, when a proxy stands in front", value: "URL");
        var registers = session.Option<string[]>("--register", "登记库文件；可写多个，第一个用于核验文件", "Register file; several may be given, files are verified against the first", value: "FILE.lzr");
        var command = session.Command("serve", "打开网页和接口：在浏览器里核验文件，各单位的系统逐人核验（全部设置见 docs/configuration.md）", "Serves the page on which files are verified, and the interface for agencies' machines (docs/configuration.md has all settings)");
        foreach (var option in new Option[] { port, tls, address, registers }) command.Options.Add(option);
        var data = new DataArguments(session, command);
        command.SetAction((parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var database, out var refusal) || !Configuration.ServiceOf(SettingReader.OfProcess()).Ok(out var options, out refusal)) return Task.FromResult(session.Refuse(refusal));
            Uri? shown = null;
            if (parsed.GetValue(address) is { } given && !Uri.TryCreate(given, UriKind.Absolute, out shown)) return Task.FromResult(session.Refuse(NotAnAddress));
            // What the command line says comes before the environment.
            options = options with
            {
                Port = parsed.GetValue(port) ?? options.Port,
                TlsPort = parsed.GetValue(tls) ?? options.TlsPort,
                PublicAddress = shown ?? options.PublicAddress,
                DataDirectory = data.Folder(parsed),
                Data = database,
            };
            if (parsed.GetValue(registers) is [var main, .. var others]) options = options with { RegisterPath = main, OtherRegisters = others };
            return string.IsNullOrEmpty(options.RegisterPath) ? Task.FromResult(session.Refuse(NoRegister)) : RunAsync(session, options, stop);
        });
        return command;
    }

    /// <summary>Serves until stopped; being stopped is how it ends well.</summary>
    public static async Task<int> RunAsync(Session session, ServeOptions options, CancellationToken stop, Action<WebApplicationBuilder>? adjust = null)
    {
        session.Terminal.Out.WriteLine(session.Say($"网页地址：http://localhost:{options.Port} （按 Ctrl-C 结束）", $"The page is at http://localhost:{options.Port} (Ctrl-C ends it)"));
        try
        {
            return await WebHost.RunAsync(options, stop, adjust) is { } refusal ? session.Refuse(refusal) : ExitCodes.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }

    private static readonly Refusal NoRegister = new("serve.no-register", "没有指定登记库：请用 --register 或环境变量 Serve__RegisterPath 给出登记库文件。", "No register is named: give a register file with --register or the variable Serve__RegisterPath.");

    private static readonly Refusal NotAnAddress = new("serve.public-address", "--public-address 应为完整的地址，如 https://hecha.example.gov.cn。", "--public-address must be a whole address, such as https://verify.example.gov.cn.");
}
