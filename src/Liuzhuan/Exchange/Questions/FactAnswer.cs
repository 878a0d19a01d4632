using Liuzhuan.Agreements.Contract;
using Liuzhuan.Matching;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>The answer to one fact: what was found, in which state of which register, on which access.</summary>
/// <param name="Register">Digest of the register's content.</param>
/// <param name="AsOf">The instant at which the data was true.</param>
/// <param name="People">Packed citizen numbers of everybody the question touched.</param>
internal sealed record FactAnswer(FactType Fact, AnswerCore Core, string Register, DateTimeOffset AsOf, AccessGrant Grant, ulong[] People);

/// <summary>What a register said, whoever asked.</summary>
/// <param name="Register">Digest of the register's content.</param>
/// <param name="AsOf">The instant at which the data was true.</param>
/// <param name="People">Packed citizen numbers of everybody the question touched.</param>
internal sealed record RegisterAnswer(AnswerCore Core, string Register, DateTimeOffset AsOf, ulong[] People);
