using System.Data.Common;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>Which sentence and which exit code each ending of a command has.</summary>
internal static class Endings
{
    private const string DebugVariable = "LIUZHUAN_DEBUG";

    /// <summary>Runs a command and gives back its exit code, whatever it throws.</summary>
    public static int Of(Session session, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (OperationCanceledException)
        {
            session.Terminal.Error.WriteLine(session.Say("已取消，没有留下不完整的结果。", "Cancelled; no partial result was left."));
            return ExitCodes.Cancelled;
        }
        catch (RegisterException refused)
        {
            return session.Refuse(EngineRefusals.From(refused));
        }
        catch (Exception fault) when (Mendable(fault) is { } refusal)
        {
            return session.Refuse(refusal);
        }
        catch (Exception fault)
        {
            return Failed(session, fault);
        }
    }

    // Files that are not there, not readable or do not fit on the disk are for the caller to mend.
    private static Refusal? Mendable(Exception fault) => fault switch
    {
        DataRefusedException or DbException => DataRefusals.From(fault),
        UnauthorizedAccessException => new("file.denied", $"没有权限访问文件：请检查权限后重试。（{fault.Message}）", $"A file may not be accessed: check its permissions and try again. ({fault.Message})"),
        FileNotFoundException or DirectoryNotFoundException => new("file.missing", $"找不到文件或目录：请检查路径。（{fault.Message}）", $"A file or directory was not found: check the path. ({fault.Message})"),
        IOException => new("file.failed", $"读写文件失败：请检查磁盘空间和文件是否被占用。（{fault.Message}）", $"Reading or writing a file failed: check disk space and whether another program uses it. ({fault.Message})"),
        // How the base library tells that a file may not grow further, by a limit of the file system or of the user.
        ArgumentOutOfRangeException { ParamName: "value" } when fault.StackTrace?.Contains("System.IO.RandomAccess.Write", StringComparison.Ordinal) == true =>
            new("file.too-big", "文件写不下：已超过磁盘空间、文件系统或用户限额允许的大小，请换一个位置。", "The file does not fit: the disk space, the file system or a limit of the user allows no larger one. Choose another place."),
        _ => null,
    };

    private static int Failed(Session session, Exception fault)
    {
        session.Terminal.Error.WriteLine(session.Say(
            $"程序出错了，这是我们的问题，不是您的文件的问题（{fault.GetType().Name}）。设置环境变量 {DebugVariable}=1 再运行一次可看到细节，请把细节转给维护人员。",
            $"Something went wrong on our side, not in your file ({fault.GetType().Name}). Run it again with {DebugVariable}=1 to see the details, and pass them to the maintainers."));
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1") session.Terminal.Error.WriteLine(fault);
        return ExitCodes.Fault;
    }
}
