namespace Liuzhuan.Platform.Web.Shell;

/// <summary>A step of something that is done in order.</summary>
internal sealed record Step(Text Name, StepState State);

/// <summary>Told by word and shape, not by colour alone.</summary>
internal enum StepState
{
    Ahead,
    Current,
    Done,
    Failed,
}
