namespace Liuzhuan.Platform.Web.Shell;

/// <summary>Addresses of the page being shown.</summary>
internal static class Here
{
    /// <summary>This page with one value of its query set to something else: filters and page numbers stay as they are. A page that was posted has no such address, so the start page stands in.</summary>
    public static string With(HttpContext context, string name, string value)
    {
        if (context.Request.Method != HttpMethods.Get || context.Response.StatusCode != StatusCodes.Status200OK) return $"/?{name}={value}";
        var kept = context.Request.Query.Where(pair => pair.Key != name).SelectMany(pair => pair.Value, (pair, each) => KeyValuePair.Create(pair.Key, each));
        return context.Request.Path + QueryString.Create(kept.Append(KeyValuePair.Create(name, (string?)value)));
    }

    /// <summary>Is the page, or one below it, being shown?</summary>
    public static bool Is(HttpContext context, string path) =>
        path == "/" ? context.Request.Path == "/" || context.Request.Path.StartsWithSegments("/jobs") : context.Request.Path.StartsWithSegments(path);
}
