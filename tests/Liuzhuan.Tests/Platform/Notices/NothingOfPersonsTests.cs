using System.Collections.Concurrent;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests.Platform.Notices;

/// <summary>Whatever a gateway answers: neither number nor text of a message is told to the log, not even at its most talkative.</summary>
public class NothingOfPersonsTests
{
    private const string Code = "975310";

    public static TheoryData<string, string> Answers => new()
    {
        { Receiver.Reply(400, $"{{\"error\":\"{NoticeGround.Phone} is no number: {Code}\"}}"), NoticeStates.Dead },
        { Receiver.Reply(500, $"{NoticeGround.Phone} {Code}", $"X-Number: {NoticeGround.Phone}\r\n"), NoticeStates.Dead },
        { Receiver.Reply(302, "", $"Location: http://127.0.0.1/{NoticeGround.Phone}\r\n"), NoticeStates.Dead },
        { $"{NoticeGround.Phone} {Code}\r\n\r\n", NoticeStates.Dead },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task The_log_names_a_cause_and_the_end_of_an_id_only(string answer, string state)
    {
        await using var receiver = new Receiver { Answer = _ => answer };
        var log = new Lines();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Notices = new NoticeOptions { SmsGateway = receiver.Address, Idle = TimeSpan.FromMilliseconds(20), MostAttempts = 1 } },
            logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var outbox = service.App.Services.GetRequiredService<Outbox>();
        await outbox.AddAsync(service.Data.Store, NoticeGround.Code(Code), CancellationToken.None);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        IReadOnlyList<NoticeRow> rows;
        do
        {
            await Task.Delay(20, late.Token);
            rows = await new NoticeFilter(state, "", "").ListAsync(service.Data.Store, 0, 10, late.Token);
        }
        while (rows.Count == 0 || !log.All.Any(line => line.Contains("was given up", StringComparison.Ordinal)));

        Assert.Contains(log.All, line => line.Contains($"…{rows[0].Id[^6..]}", StringComparison.Ordinal) && line.Contains(rows[0].Cause!, StringComparison.Ordinal));
        foreach (var planted in (string[])[NoticeGround.Phone, Code, "验证码"]) Assert.DoesNotContain(log.All, line => line.Contains(planted, StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
