using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Contract;

/// <summary>Who answers, and how that came about.</summary>
/// <param name="Officer">Null when nobody is there at all.</param>
/// <param name="Office">The office whose liaison or stand-in it is; not the one asked for where the question went up.</param>
internal sealed record LiaisonAnswer(Officer? Officer, Office? Office, IReadOnlyList<LiaisonStep> Steps);

/// <summary>One who was looked at.</summary>
/// <param name="Order">1 for the liaison, from 2 on the stand-ins; 0 where the office names nobody.</param>
/// <param name="Until">The last day of their leave.</param>
internal sealed record LiaisonStep(Office Office, int Order, Officer? Officer, LiaisonOutcome Outcome, DateOnly? Until)
{
    /// <summary>The step as a sentence.</summary>
    public Text Words => (Outcome, Order) switch
    {
        (LiaisonOutcome.NoneNamed, _) => new($"{Office.Name.Zh}没有登记联络员，由上级机构负责。", $"{Office.Name.En} names no liaison; the office above it answers."),
        (LiaisonOutcome.OnLeave, _) => new($"{Office.Name.Zh}的{Seat.Zh}请假至 {Until:yyyy-MM-dd}。", $"{Office.Name.En}: {Seat.En} is on leave until {Until:yyyy-MM-dd}."),
        (LiaisonOutcome.NotInService, _) => new($"{Office.Name.Zh}的{Seat.Zh}已不在岗。", $"{Office.Name.En}: {Seat.En} is no longer in service."),
        _ => new($"由{Office.Name.Zh}的{Seat.Zh}负责。", $"{Office.Name.En}: {Seat.En} answers."),
    };

    private Text Seat => Order == 1 ? new("联络员", "the liaison") : new($"第 {Order - 1} 替补", $"stand-in {Order - 1}");
}

internal enum LiaisonOutcome
{
    Answers,
    OnLeave,
    NotInService,
    NoneNamed,
}
