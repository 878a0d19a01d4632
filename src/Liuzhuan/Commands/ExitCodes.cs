namespace Liuzhuan.Commands;

/// <summary>What the process returns; scripts rely on these.</summary>
internal static class ExitCodes
{
    /// <summary>The job was done, whatever the verdicts.</summary>
    public const int Done = 0;

    /// <summary>Our fault.</summary>
    public const int Fault = 1;

    /// <summary>Something the caller can mend: usage, input, register, output place.</summary>
    public const int Refused = 2;

    /// <summary>Stopped by the caller (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
