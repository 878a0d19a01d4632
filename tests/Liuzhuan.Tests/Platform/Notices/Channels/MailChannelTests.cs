using System.Net;
using System.Net.Sockets;
using System.Text;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;

namespace Liuzhuan.Tests.Platform.Notices.Channels;

public class MailChannelTests
{
    [Fact]
    public async Task A_mail_carries_subject_text_and_an_id_that_stays_the_same()
    {
        await using var server = new MailServer();
        await using var ground = await GroundAsync(server);
        await ground.Outbox.AddAsync(ground.Store, Mail("li@example.gov.cn"), CancellationToken.None);

        await ground.First.SendAllAsync();

        var row = await ground.RowAsync();
        Assert.Equal((NoticeStates.Sent, null), (row.State, row.Cause));
        var mail = Assert.Single(server.Mails);
        Assert.Contains($"Message-ID: <{row.Id}@example.gov.cn>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.Contains("To: li@example.gov.cn", mail, StringComparison.Ordinal);
        var body = mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains("行政许可决定", Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body.Where(letter => !char.IsWhiteSpace(letter))))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 no such person", NoticeStates.Dead, "mail.refused:550")]
    [InlineData("450 4.2.1 try later", NoticeStates.Waiting, "mail.refused:450")]
    public async Task What_a_server_refuses_for_good_is_dead_and_the_rest_is_tried_again(string answer, string state, string cause)
    {
        await using var server = new MailServer { ToRecipient = answer };
        await using var ground = await GroundAsync(server);
        await ground.Outbox.AddAsync(ground.Store, Mail("li@example.gov.cn"), CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Equal((state, cause), ((await ground.RowAsync()).State, (await ground.RowAsync()).Cause));
    }

    [Fact]
    public async Task No_server_and_no_address_are_told_apart()
    {
        int port;
        await using (var ended = new MailServer()) port = ended.Port;
        await using var ground = await NoticeGround.CreateAsync("sqlite", Options(port));
        await ground.Outbox.AddAsync(ground.Store, Mail("li@example.gov.cn"), CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Equal((NoticeStates.Waiting, NoticeCauses.Unreachable), ((await ground.RowAsync()).State, (await ground.RowAsync()).Cause));

        await using var other = await NoticeGround.CreateAsync("sqlite", Options(port));
        await other.Outbox.AddAsync(other.Store, Mail("nobody"), CancellationToken.None);
        await other.First.SendAllAsync();
        Assert.Equal((NoticeStates.Dead, NoticeCauses.NoAddress), ((await other.RowAsync()).State, (await other.RowAsync()).Cause));
    }

    private static Task<NoticeGround> GroundAsync(MailServer server) => NoticeGround.CreateAsync("sqlite", Options(server.Port));

    private static NoticeOptions Options(int port) => new() { MailServer = $"127.0.0.1:{port}", MailSecurity = MailSecurity.Plain, MailFrom = "notice@example.gov.cn" };

    private static NewNotice Mail(string to) => NoticeGround.Overdue(Recipients.Direct) with { Channel = NoticeChannels.Mail, Address = to };

    /// <summary>As much of a mail server as one mail needs.</summary>
    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public MailServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public List<string> Mails { get; } = [];

        public string ToRecipient { get; init; } = "250 ok";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await TalkAsync(client.GetStream());
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or IOException)
            {
                // The test ended.
            }
        }

        private async Task TalkAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
            await SayAsync("220 test");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line == "DATA")
                {
                    await SayAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part && part != ".") mail.Append(part).Append("\r\n");
                    Mails.Add(mail.ToString());
                }

                await SayAsync(line.StartsWith("RCPT", StringComparison.Ordinal) ? ToRecipient : line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-test\r\n250 8BITMIME" : line == "QUIT" ? "221 bye" : "250 ok");
            }
        }
    }
}
