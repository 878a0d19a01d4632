using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liuzhuan.Platform.Files;

namespace Liuzhuan.Platform.Web;

/// <summary>Certificates of a service on one machine, made when they are first wanted: one for the service under its loopback names, one for each machine that asks it. Both sides know each other's certificate itself, so no authority stands between them.</summary>
internal static class LocalCertificates
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397), RenewBefore = TimeSpan.FromDays(30);

    /// <summary>The service's certificate with its private key; also as server.pem for those who connect.</summary>
    public static X509Certificate2 Server(string folder, TimeProvider clock) => OpenOrMake(folder, "server", clock, request =>
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
    });

    /// <summary>A client's certificate with its private key, kept as NAME.pem and NAME.key.</summary>
    public static X509Certificate2 Client(string folder, string name, TimeProvider clock) => OpenOrMake(folder, name, clock, request =>
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false)));

    /// <summary>How a certificate is known in the access list: SHA-256 of its DER form, base64url (RFC 8705 section 3.1).</summary>
    public static string Thumbprint(X509Certificate2 certificate) => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 OpenOrMake(string folder, string name, TimeProvider clock, Action<CertificateRequest> extend)
    {
        PrivateFolder.Create(folder);
        var (certificatePath, keyPath) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"));
        var now = clock.GetUtcNow();
        if (File.Exists(certificatePath) && File.Exists(keyPath))
        {
            var found = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            if (found.NotAfter.ToUniversalTime() > (now + RenewBefore).UtcDateTime) return found;
            found.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extend(request);
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now + Lifetime);
        Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        Write(certificatePath, made.ExportCertificatePem());
        return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
    }

    // In a folder only its owner can enter; the mode says it once more for copies.
    private static void Write(string path, string pem)
    {
        using var file = ReplacedFile.Create(path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.Stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        file.Stream.Write(System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
        file.Place();
    }
}
