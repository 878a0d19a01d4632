using Liuzhuan.Commands;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
