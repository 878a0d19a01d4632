namespace Liuzhuan.Platform.Health;

/// <summary>How a task in the background fares: whether its last attempt failed.</summary>
internal sealed class Duty
{
    private volatile bool _isFailing;

    public bool IsFailing => _isFailing;

    public void Done() => _isFailing = false;

    public void Failed() => _isFailing = true;
}
