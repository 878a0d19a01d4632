using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Where a request stands.</summary>
internal enum RequestState
{
    /// <summary>Handed in; the clock runs.</summary>
    Submitted,

    /// <summary>A liaison has it verified.</summary>
    Opened,

    /// <summary>Answered; the clock stands.</summary>
    Released,

    /// <summary>Sent back with a reason; the clock stands.</summary>
    Returned,
}

/// <summary>What can be done to a request.</summary>
internal enum RequestAct
{
    Open,
    Release,
    Return,
    Dispute,
}

/// <summary>What may follow what. Whatever is not listed is refused.</summary>
internal static class RequestLaw
{
    public static readonly Refusal NotNow = new("request.not-now",
        "这件请求刚才已被办理，不能再这样处理。请刷新页面查看现状。",
        "This request was handled a moment ago, so this can no longer be done. Reload the page to see how it stands.", StatusCodes.Status409Conflict);

    private static readonly Dictionary<(RequestState From, RequestAct Act), RequestState> Steps = new()
    {
        [(RequestState.Submitted, RequestAct.Open)] = RequestState.Opened,
        [(RequestState.Submitted, RequestAct.Return)] = RequestState.Returned,
        [(RequestState.Opened, RequestAct.Release)] = RequestState.Released,
        [(RequestState.Opened, RequestAct.Return)] = RequestState.Returned,
        [(RequestState.Released, RequestAct.Dispute)] = RequestState.Released,
    };

    /// <summary>Where an act leads; null where it is not possible.</summary>
    public static RequestState? After(RequestState from, RequestAct act) => Steps.TryGetValue((from, act), out var to) ? to : null;

    public static string Write(RequestState state) => $"{state}".ToLowerInvariant();

    /// <exception cref="InvalidDataException">There is no such state.</exception>
    public static RequestState Read(string state) => Enum.TryParse<RequestState>(state, ignoreCase: true, out var known) ? known : throw new InvalidDataException($"A request is in the state {state}, which is none.");
}
