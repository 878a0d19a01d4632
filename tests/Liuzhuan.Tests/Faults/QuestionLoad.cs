using System.Collections.Concurrent;

namespace Liuzhuan.Tests.Faults;

/// <summary>
/// Clients that ask about one person after another, each under a key of its own, and do not let go of a question before it is answered.
/// They remember every answer, and how often they had to ask again.
/// </summary>
/// <param name="allowed">Refusals after which a client asks again; every other one is a failure of the test.</param>
internal sealed class QuestionLoad(FaultGround ground, params string[] allowed)
{
    /// <summary>Who is asked about: the first of the register, again and again. The others are for batches.</summary>
    private const int People = 60_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60), Between = TimeSpan.FromMilliseconds(4);

    private readonly ConcurrentDictionary<int, byte> _lost = new();
    private readonly List<Task> _clients = [];
    private int _next, _tries;
    private volatile bool _ends;

    /// <summary>Answers by the question's number, as they came.</summary>
    public ConcurrentDictionary<int, byte[]> Answered { get; } = new();

    /// <summary>How often each refusal came.</summary>
    public ConcurrentDictionary<string, int> Refused { get; } = new();

    /// <summary>Questions whose connection broke at least once before they were answered.</summary>
    public int Lost => _lost.Count;

    public int Tries => _tries;

    /// <summary>The person, by their place in the register, that a question is about.</summary>
    public static int PersonOf(int number) => number % People;

    public void Start(int clients)
    {
        for (var i = 0; i < clients; i++) _clients.Add(Task.Run(RunAsync));
    }

    /// <summary>Lets every client finish its question, and ends them.</summary>
    public async Task EndAsync()
    {
        _ends = true;
        await Task.WhenAll(_clients).WaitAsync(TimeSpan.FromMinutes(3));
    }

    /// <summary>Fails as soon as a client has failed.</summary>
    public Task CheckAsync() => Task.WhenAll(_clients.Where(client => client.IsCompleted));

    /// <summary>Waits until so many more questions are answered.</summary>
    public async Task MoreAsync(int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        for (var goal = Answered.Count + count; Answered.Count < goal; await Task.Delay(5, late.Token)) await CheckAsync();
    }

    /// <summary>Waits until so many more are refused for now (503), and not one of them for good.</summary>
    public async Task RefusedAsync(int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (var goal = Refused.Values.Sum() + count; Refused.Values.Sum() < goal; await Task.Delay(10, late.Token)) await CheckAsync();
    }

    /// <summary>Asks answered questions again: byte for byte the same must come.</summary>
    public async Task AssertRepeatedAsync(IEnumerable<int> numbers)
    {
        using var caller = ground.Caller();
        foreach (var number in numbers) Assert.Equal(Answered[number], await AnswerAsync(caller, number));
    }

    public static string KeyOf(int number) => $"question-{number}";

    private async Task RunAsync()
    {
        using var caller = ground.Caller();
        while (!_ends)
        {
            var number = Interlocked.Increment(ref _next);
            if (ground.IsSpecial(PersonOf(number))) continue;
            Answered[number] = await AnswerAsync(caller, number);
            await Task.Delay(Between);
        }
    }

    private async Task<byte[]> AnswerAsync(FaultCaller caller, int number)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var person = ground.Register[PersonOf(number)];
        for (var host = number % ground.Hosts; ; host = (host + 1) % ground.Hosts)
        {
            try
            {
                Interlocked.Increment(ref _tries);
                var reply = await caller.AskAsync(host, person.Number, person.Name, KeyOf(number));
                if (reply.Status == 200) return reply.Body;
                if (reply.Status == 503) Assert.Contains("Retry-After", reply.Fields.Keys);
                Refused.AddOrUpdate(reply.Code, 1, (_, count) => count + 1);
                Assert.True(reply.Code == "auth.expired" || allowed.Contains(reply.Code), $"{reply.Status} {reply.Text}");
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                _lost.TryAdd(number, 0);
            }

            await Task.Delay(Pause, late.Token);
        }
    }
}
