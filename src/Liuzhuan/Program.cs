using Liuzhuan.Commands;

return CommandLine.Run(args, Terminal.OfProcess());
