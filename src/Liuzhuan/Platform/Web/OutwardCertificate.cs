using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Web;

/// <summary>The certificate shown beyond this computer, from its file; a renewed file is picked up with the next connection. One that cannot be used leaves the old one in place.</summary>
internal sealed class OutwardCertificate
{
    private const UnixFileMode TooOpen = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(21);

    private readonly string _path, _key;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current;
    private (DateTime, DateTime) _seen;
    private bool _isRenewalUnusable;

    private OutwardCertificate(string path, string key, SslStreamCertificateContext current, (DateTime, DateTime) seen) => (_path, _key, _current, _seen) = (path, key, current, seen);

    /// <param name="key">File of the private key; null where the certificate's own file holds it.</param>
    public static Result<OutwardCertificate> Open(string path, string? key)
    {
        var keyPath = string.IsNullOrEmpty(key) ? path : key;
        foreach (var file in new[] { path, keyPath })
        {
            if (!File.Exists(file)) return Missing(file);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyPath) & TooOpen) != 0) return Exposed(keyPath);
        try
        {
            var seen = Written(path, keyPath);
            return new OutwardCertificate(path, keyPath, Load(path, keyPath), seen);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Unusable(path);
        }
    }

    /// <summary>The certificate with its chain, as it is to be shown now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                var written = Written(_path, _key);
                if (written == _seen) return _current;
                _seen = written;
                try
                {
                    _current = Load(_path, _key);
                    _isRenewalUnusable = false;
                }
                catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    _isRenewalUnusable = true;
                }

                return _current;
            }
        }
    }

    public HealthFinding Look(TimeProvider clock)
    {
        var end = new DateTimeOffset(Current.TargetCertificate.NotAfter);
        return _isRenewalUnusable ? HealthFinding.Degraded("新的证书文件不能使用，仍在用旧证书：请检查证书与私钥是否配套、能否读取。", "The renewed certificate file cannot be used and the old certificate is still shown: check that certificate and key belong together and can be read.")
            : end < clock.GetUtcNow() ? HealthFinding.Degraded("对外的证书已过期，客户端会拒绝连接：请更换证书文件，不必重启。", "The certificate shown to clients has expired and they will refuse it: replace its file; no restart is needed.")
            : end - clock.GetUtcNow() < RenewBefore ? HealthFinding.Degraded("对外的证书不到三周就要过期：请更换证书文件，不必重启。", "The certificate shown to clients expires in less than three weeks: replace its file; no restart is needed.")
            : HealthFinding.Healthy("对外的证书有效。", "The certificate shown to clients is in force.");
    }

    private static (DateTime, DateTime) Written(string path, string key) => (File.GetLastWriteTimeUtc(path), File.GetLastWriteTimeUtc(key));

    private static SslStreamCertificateContext Load(string path, string key)
    {
        var all = new X509Certificate2Collection();
        X509Certificate2 shown;
        if (Path.GetExtension(path) is ".pfx" or ".p12")
        {
            all.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(path, null));
            shown = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("The file holds no private key.");
        }
        else
        {
            all.ImportFromPemFile(path);
            shown = X509Certificate2.CreateFromPemFile(path, key);
        }

        // The chain goes along as far as the file has it; nothing is fetched from anywhere.
        return SslStreamCertificateContext.Create(shown, [.. all.Where(one => one.Thumbprint != shown.Thumbprint)], offline: true);
    }

    public static readonly Refusal NotNamed = new("serve.certificate",
        "Serve__Listen 需要同时设置 Serve__Certificate：请给出证书文件（PEM 或 PFX）。",
        "Serve__Listen needs Serve__Certificate as well: name the certificate's file (PEM or PFX).");

    public static readonly Refusal NotShown = new("serve.certificate",
        "设置了 Serve__Certificate 而没有 Serve__Listen，证书不会被使用：请同时写明监听地址，或删去证书的设置。",
        "Serve__Certificate is set and Serve__Listen is not, so nobody would see the certificate: name where to listen as well, or leave both out.");

    private static Refusal Missing(string file) => new("serve.certificate",
        $"找不到证书或私钥文件 {file}：请检查 Serve__Certificate 和 Serve__CertificateKey。",
        $"The certificate or key file {file} is not there: check Serve__Certificate and Serve__CertificateKey.");

    private static Refusal Exposed(string file) => new("serve.certificate-key",
        $"别的账户可以接触私钥文件 {file}：请运行 chmod o=,g-w {file}。",
        $"Other accounts have access to the key file {file}: run chmod o=,g-w {file}.");

    private static Refusal Unusable(string file) => new("serve.certificate",
        $"证书文件 {file} 不能使用：应为 PEM 或没有密码的 PFX，私钥与证书配套。",
        $"The certificate file {file} cannot be used: it must be PEM, or PFX without a password, and its key must belong to it.");
}
