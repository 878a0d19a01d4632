using System.CommandLine;
using Liuzhuan.Registers;

namespace Liuzhuan.Commands;

/// <summary><c>serve</c>: the page on which one drops a file, on the loopback address only.</summary>
internal static class ServeCommand
{
    public const int DefaultPort = 5080;

    public static Command Create(Session session)
    {
        var port = session.Option<int>("--port", "端口（默认 5080，只在本机开放）", "Port (default 5080, open to this machine only)", value: "N");
        port.DefaultValueFactory = _ => DefaultPort;
        var data = session.Option<string>("--data", "存放上传文件和结果的目录（默认 .data）", "Directory for uploads and results (default .data)", value: "DIR");
        data.DefaultValueFactory = _ => ".data";
        var register = session.Option<string>("--register", "登记库文件", "Register file", required: true, value: "FILE.lzr");
        var command = session.Command("serve", "打开网页，在浏览器里核验文件", "Serves the page on which files are verified in a browser");
        foreach (var option in new Option[] { port, data, register }) command.Options.Add(option);
        command.SetAction((parsed, stop) => RunAsync(session, new ServeOptions { Port = parsed.GetValue(port), DataDirectory = parsed.GetValue(data)!, RegisterPath = parsed.GetValue(register)!, FindSchema = SchemaCatalogue.Find }, stop));
        return command;
    }

    /// <summary>Serves until stopped; being stopped is how it ends well.</summary>
    public static async Task<int> RunAsync(Session session, ServeOptions options, CancellationToken stop)
    {
        session.Terminal.Out.WriteLine(session.Say($"网页地址：http://localhost:{options.Port} （按 Ctrl-C 结束）", $"The page is at http://localhost:{options.Port} (Ctrl-C ends it)"));
        try
        {
            return await WebHost.RunAsync(options, stop) is { } refusal ? session.Refuse(refusal) : ExitCodes.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }
}
