using System.Net;
using System.Net.Sockets;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>
/// Where messages to machines may go. An address that somebody may enter must not become a way into this machine or the network behind it:
/// https, or http on this machine by its literal name; what a name resolves to is looked at when the connection is made, so that it cannot change in between.
/// </summary>
internal static class ReceiverAddress
{
    private static readonly IPNetwork[] Private = [.. ((string[])["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7"]).Select(IPNetwork.Parse)];

    // Link-local (cloud metadata among it), multicast, unspecified and reserved addresses lead to nobody who could subscribe; NAT64 and 6to4 hide others.
    private static readonly IPNetwork[] Never = [.. ((string[])["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8", "64:ff9b::/96", "2002::/16", "2001::/32"]).Select(IPNetwork.Parse)];

    public static readonly Refusal NotAllowed = new("webhook.address",
        "地址不能使用：请填写完整的 https 地址（不带账号、不带 #），或本机的 http://localhost 地址，至多 500 个字符。",
        "This address cannot be used: give a whole https address without account and fragment, or one of this machine as http://localhost, 500 characters at most.");

    /// <summary>May it be entered at all?</summary>
    public static bool IsFit(Uri address) =>
        address.IsAbsoluteUri && address.OriginalString.Length <= 500 && address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsThisMachine(address)));

    /// <summary>Connects only where it is allowed to.</summary>
    /// <param name="networks">Private networks that are allowed.</param>
    public static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> Connect(IReadOnlyList<IPNetwork> networks) => async (context, stop) =>
    {
        var target = context.DnsEndPoint;
        var isHere = IsThisMachine(context.InitialRequestMessage.RequestUri!);
        var found = (await Dns.GetHostAddressesAsync(target.Host, stop)).Where(one => isHere ? IPAddress.IsLoopback(one) : IsAllowed(one, networks)).ToArray();
        if (found.Length == 0) throw new NotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, target.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };

    /// <summary>May a message go there over the network?</summary>
    public static bool IsAllowed(IPAddress address, IReadOnlyList<IPNetwork> networks)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Never.Any(network => network.Contains(address))) return false;
        return !Private.Any(network => network.Contains(address)) || networks.Any(network => network.Contains(address));
    }

    private static bool IsThisMachine(Uri address) => address.Host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>The name leads where it must not.</summary>
    internal sealed class NotAllowedException() : IOException("The name leads to an address that is not allowed.");
}
