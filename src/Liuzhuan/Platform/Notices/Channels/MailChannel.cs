using System.Globalization;
using System.Net.Mail;
using System.Text;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>E-mail by SMTP. The Message-ID is the notice's, so that a mail that arrives twice is known for what it is. Why the platform's own client: decision 5.</summary>
internal sealed class MailChannel(NoticeOptions options) : INoticeChannel
{
    private const int SubmissionPort = 587;

    public string Name => NoticeChannels.Mail;

    public async Task<Delivery> SendAsync(Notice notice, NoticeTemplate template, NoticeContent content, CancellationToken stop)
    {
        if (options.MailServer is not { Length: > 0 } server || options.MailFrom is not { Length: > 0 } from) return Delivery.Again(NoticeCauses.ChannelOff);
        if (content.Address is not { Length: > 0 } to || !MailAddress.TryCreate(to, out _)) return Delivery.Never(NoticeCauses.NoAddress);
        if (!template.Channels.TryGetValue(Name, out var texts) || texts.Title is not { } title) return Delivery.Never(NoticeCauses.NoText);
        var ((subject, noSubject), (text, noText)) = (NoticeTexts.Fill(title, content.Values, content.Language), NoticeTexts.Fill(texts.Body, content.Values, content.Language));
        if (subject is null || text is null) return Delivery.Never($"{NoticeCauses.Missing}:{noSubject ?? noText}");
        using var message = new MailMessage(from, to, subject, text) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        message.Headers.Add("Message-ID", $"<{notice.Id}@{new MailAddress(from).Host}>");
        // RFC 3834: no machine answers a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return await SendAsync(server, message, stop);
    }

    private async Task<Delivery> SendAsync(string server, MailMessage message, CancellationToken stop)
    {
        var (host, port) = Place(server);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Timeout);
        using var smtp = new SmtpClient(host, port) { EnableSsl = options.MailSecurity == MailSecurity.StartTls };
        if (options.MailUser is { Length: > 0 } user) smtp.Credentials = new System.Net.NetworkCredential(user, options.MailPassword);
        try
        {
            await smtp.SendMailAsync(message, limit.Token);
            return Delivery.Sent;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Delivery.Again(NoticeCauses.Timeout);
        }
        // The sentence of a server may repeat the address: only its code is kept. 5yz is for good (RFC 5321 section 4.2.1).
        catch (SmtpException fault) when ((int)fault.StatusCode is >= 400 and < 600)
        {
            var cause = string.Create(CultureInfo.InvariantCulture, $"{NoticeCauses.MailRefused}:{(int)fault.StatusCode}");
            return fault is SmtpFailedRecipientException && (int)fault.StatusCode >= 500 ? Delivery.Never(cause) : Delivery.Again(cause);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is SmtpException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return Delivery.Again(NoticeCauses.Unreachable);
        }
    }

    private static (string Host, int Port) Place(string server)
    {
        var colon = server.LastIndexOf(':');
        return colon > 0 && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (server[..colon], port) : (server, SubmissionPort);
    }
}
