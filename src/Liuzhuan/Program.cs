using Liuzhuan.Commands;

return WholeProgram.IsHere ? CommandLine.Run(args, Terminal.OfProcess()) : VerifyProgram.Run(args, Terminal.OfProcess());
