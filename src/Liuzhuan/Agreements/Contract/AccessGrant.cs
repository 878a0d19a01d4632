namespace Liuzhuan.Agreements.Contract;

/// <summary>The access on which one fact of a question is answered; its id and provision are kept with the answer.</summary>
/// <param name="Fields">Codes of the fields that may be compared and named.</param>
/// <param name="SealDays">For how many days at most the person may be kept from seeing that they were asked about; 0 for never.</param>
internal sealed record AccessGrant(Guid Id, string Fact, string Purpose, string Provision, IReadOnlySet<string> Fields, bool AnswerSuperseded, int SealDays, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo);
