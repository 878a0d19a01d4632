namespace Liuzhuan.Platform.Web.Shell;

/// <summary>A state as pages show it: a word, a colour and a shape, so that none of the three has to be seen.</summary>
internal sealed record Status(StatusKind Kind, string Word)
{
    /// <summary>The class that colours it.</summary>
    public string Style => Kind switch
    {
        StatusKind.Good => "tag-good",
        StatusKind.Warning => "tag-warn",
        StatusKind.Bad => "tag-bad",
        _ => "tag-plain",
    };

    /// <summary>The outline of its sign in a square of 16.</summary>
    public string Shape => Kind switch
    {
        StatusKind.Good => "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4.6 8.2l2.4 2.4 4.6-5",
        StatusKind.Warning => "M8 1.4 15.2 14H.8zM8 6v4M8 11.6v.8",
        StatusKind.Bad => "M5 1h6l4 4v6l-4 4H5l-4-4V5zM5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2",
        _ => "M2 2h12v12H2zM5 8h6",
    };
}

internal enum StatusKind
{
    Plain,
    Good,
    Warning,
    Bad,
}
