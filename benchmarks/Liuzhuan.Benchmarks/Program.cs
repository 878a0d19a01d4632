using Liuzhuan.Benchmarks.Accesses;
using Liuzhuan.Benchmarks.Append;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Benchmarks.EndToEnd;
using Liuzhuan.Benchmarks.Http;
using Liuzhuan.Benchmarks.Limits;
using Liuzhuan.Benchmarks.Micro;
using Liuzhuan.Benchmarks.Peers;

switch (args)
{
    case ["data", var people, .. var rows]:
        Console.WriteLine(DataFiles.Register(long.Parse(people)));
        foreach (var count in rows) Console.WriteLine(DataFiles.Request(long.Parse(people), long.Parse(count)));
        return 0;
    case ["micro", .. var options]:
        MicroCommand.Run(options);
        return 0;
    case ["signing"]:
        SigningCommand.Run(Console.Out);
        return 0;
    case ["limits"]:
        return LimitsCommand.Run(Console.Out);
    case ["ledger", .. var options]:
        return await AppendCommand.RunAsync(options, Console.Out);
    case ["accesses", .. var options]:
        return await AccessesCommand.RunAsync(options, Console.Out);
    case ["http", .. var options]:
        return await HttpCommand.RunAsync(options, TimeProvider.System, Console.Out);
    case ["http-host", .. var options]:
        return await HttpHost.ServeAsync(options);
    case ["peer", var name, var folder, .. var rest]:
        return PeerHost.Serve(name, folder, rest is ["build"]);
    default:
        return ComparisonCommand.Run(args, TimeProvider.System);
}
