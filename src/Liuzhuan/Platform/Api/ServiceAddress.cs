namespace Liuzhuan.Platform.Api;

/// <summary>Under which address clients know this service.</summary>
/// <param name="Issuer">Names the service in tokens; the same on every host.</param>
/// <param name="Public">Where a proxy stands in front: the address clients use. Null when clients reach this process itself.</param>
/// <param name="Audiences">What a client's assertion may name as its receiver.</param>
internal sealed record ServiceAddress(string Issuer, Uri? Public, IReadOnlyCollection<string> Audiences)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public static ServiceAddress At(Uri address)
    {
        var issuer = address.GetLeftPart(UriPartial.Authority);
        return new ServiceAddress(issuer, address, [issuer, issuer + TokenEndpoint.Path]);
    }

    /// <summary>A service that listens on this machine only, under each of its names.</summary>
    public static ServiceAddress OnThisMachine(IReadOnlyList<(string Scheme, int Port)> listening)
    {
        var names = from one in listening from host in LoopbackNames select $"{one.Scheme}://{host}:{one.Port}";
        List<string> issuers = [.. names];
        return new ServiceAddress(issuers.FirstOrDefault() ?? "http://localhost", null, [.. issuers, .. issuers.Select(issuer => issuer + TokenEndpoint.Path)]);
    }
}
