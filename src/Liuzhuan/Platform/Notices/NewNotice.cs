using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices;

/// <summary>Something that somebody is to be told.</summary>
internal sealed record NewNotice
{
    /// <summary>Code of the template: what is said.</summary>
    public required string Template { get; init; }

    /// <summary>
    /// Who is told, as a reference: <c>officer/…</c>, <c>citizen/…</c>, <c>role/ROLE@OFFICE</c> for whoever holds a role there when it is sent,
    /// <see cref="Recipients.Subscribers"/> for the webhooks of the event, <see cref="Recipients.Direct"/> with <see cref="Address"/>.
    /// </summary>
    public required string Recipient { get; init; }

    /// <summary>What the template asks for, in both languages; a plain value is the same in both.</summary>
    public required IReadOnlyDictionary<string, Text> Values { get; init; }

    /// <summary>With <see cref="Recipients.Direct"/>: by which channel.</summary>
    public string Channel { get; init; } = NoticeChannels.Route;

    /// <summary>With <see cref="Recipients.Direct"/>: the telephone number or mail address. Kept encrypted.</summary>
    public string? Address { get; init; }

    /// <summary>With <see cref="Recipients.Direct"/>: <c>zh</c> or <c>en</c>. Others are told in their own.</summary>
    public string Language { get; init; } = PageLanguage.Chinese;

    /// <summary>What it is about, such as <c>clock/case/2026-000123</c>; never a person.</summary>
    public string? Matter { get; init; }

    /// <summary>Tells this notice from others: the same key for the same recipient is one notice, however often it is written. Null for one of its own.</summary>
    public string? Key { get; init; }

    /// <summary>Goes before all others, and its content is erased as soon as it was sent.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>After this it is worth nothing any more and is not sent.</summary>
    public TimeSpan? WorthFor { get; init; }
}

/// <summary>References of recipients that are no persons.</summary>
internal static class Recipients
{
    public const string Subscribers = "subscribers", Direct = "direct", RolePrefix = "role/", WebhookPrefix = "webhook/";

    /// <summary>Whoever holds a role at an office when the notice is sent.</summary>
    public static string Role(string role, string office) => $"{RolePrefix}{role}@{office}";
}

/// <summary>The ways a notice takes.</summary>
internal static class NoticeChannels
{
    public const string Route = "route", Inbox = "inbox", Sms = "sms", Mail = "mail", Webhook = "webhook";
}
