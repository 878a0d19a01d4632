using System.Security.Cryptography;

namespace Liuzhuan.Platform.Web;

/// <summary>Style sheets, script and icon, carried inside the assembly; their address changes with their content, so browsers may keep them for good.</summary>
internal static class Assets
{
    public const string Cacheable = "cacheable";

    private static readonly Dictionary<string, Asset> ByPath = new[]
    {
        Load("/lib/bootstrap.min.css", "text/css; charset=utf-8"),
        // Tokens and frame, what pages are put together from, and what single places add: one request, in this order.
        Load("/css/liuzhuan.css", "text/css; charset=utf-8", "/css/base.css", "/css/shell.css", "/css/places.css"),
        Load("/js/drop.js", "text/javascript; charset=utf-8"),
        Load("/js/passkey.js", "text/javascript; charset=utf-8"),
        Load("/icon.svg", "image/svg+xml"),
    }.ToDictionary(asset => asset.Path);

    /// <summary>The address of an asset with its version; a name that does not exist is a fault.</summary>
    public static string Address(string path) => $"{path}?v={ByPath[path].Version}";

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in ByPath.Values)
        {
            routes.MapGet(asset.Path, (HttpContext http) =>
            {
                http.Items[Cacheable] = true;
                http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
                return Results.Bytes(asset.Content, asset.Type, entityTag: new($"\"{asset.Version}\""));
            });
        }
    }

    /// <param name="parts">The files it is put together from; the one of its name where there are none.</param>
    private static Asset Load(string path, string type, params IReadOnlyList<string> parts)
    {
        byte[] content = [.. (parts.Count == 0 ? [path] : parts).SelectMany(Read)];
        return new Asset(path, type, content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));
    }

    private static byte[] Read(string path)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("wwwroot" + path) ?? throw new InvalidOperationException($"The asset {path} is missing in the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private sealed record Asset(string Path, string Type, byte[] Content, string Version);
}
