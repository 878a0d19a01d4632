using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Platform.Notices;

/// <summary>Section "Notices": how people and machines are told, and how long it is tried.</summary>
internal sealed record NoticeOptions
{
    /// <summary>Address of the SMS gateway, https or on this machine; docs/notices.md has its contract. No text messages without it.</summary>
    public Uri? SmsGateway { get; init; }

    /// <summary>How many segments a text message may have: one holds 70 characters, of several each holds 67.</summary>
    [Range(1, 10)]
    public int MostSegments { get; init; } = 4;

    /// <summary>Mail server (SMTP) as <c>host</c> or <c>host:port</c>; port 587 by default. No e-mail without it.</summary>
    public string? MailServer { get; init; }

    /// <summary>How the mail server is spoken to: <c>starttls</c>, or <c>plain</c> for one on this machine.</summary>
    public MailSecurity MailSecurity { get; init; } = MailSecurity.StartTls;

    /// <summary>Sender of e-mail, such as <c>notice@example.gov.cn</c>.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Account at the mail server, when it asks for one.</summary>
    public string? MailUser { get; init; }

    /// <summary>Password of that account.</summary>
    [Secret]
    public string? MailPassword { get; init; }

    /// <summary>Networks of private addresses that webhooks may lead into, such as <c>10.20.0.0/16</c>, separated by semicolons; none without it.</summary>
    public IReadOnlyList<string> PrivateNetworks { get; init; } = [];

    /// <summary>Notices this host sends at once, beside one place for those that cannot wait; 0 leaves all of them to other hosts.</summary>
    [Range(0, 64)]
    public int Workers { get; init; } = 4;

    /// <summary>How long a receiver may take to answer.</summary>
    [Between("100ms", "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a notice stays with a host that gives no sign of life; longer than Timeout.</summary>
    [Between("1s", "10m")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to look away when nothing waits.</summary>
    [Between("10ms", "1m")]
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after the first failure; each further one is four times as long, six hours at most.</summary>
    [Between("10ms", "1h")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it is tried before it is set down as dead.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; init; } = 9;

    /// <summary>How long addresses and contents are kept for a replay; then they are erased.</summary>
    [Between("1h", "366d")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long messages stay in the inbox.</summary>
    [Between("1d", "3660d")]
    public TimeSpan KeepInbox { get; init; } = TimeSpan.FromDays(180);
}

/// <summary>How a mail server is spoken to.</summary>
internal enum MailSecurity
{
    /// <summary>Encrypted, after STARTTLS (RFC 3207).</summary>
    StartTls,

    /// <summary>In clear text.</summary>
    Plain,
}
