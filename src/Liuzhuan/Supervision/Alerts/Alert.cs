using System.Data.Common;
using System.Globalization;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Supervision.Alerts;

/// <summary>What a rule found in an officer's look-ups, what the officer says to it, and what the supervisor decided.</summary>
internal sealed record Alert
{
    public const string Open = "open", Answered = "answered", Closed = "closed";

    public const string Select = """
        select id, rule, officer, office, division, counted, asked, from_at, to_at, positions, raised_at, state, explanation, explained_at, outcome, note, decided_at, decided_by, explanation_salt, note_salt from alerts
        """;

    public static IReadOnlyList<string> States { get; } = [Open, Answered, Closed];

    /// <summary>What a supervisor may decide.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["justified", "mistake", "unjustified"];

    public required Guid Id { get; init; }

    public required string Rule { get; init; }

    /// <summary>As the ledger names them.</summary>
    public required string Officer { get; init; }

    public required string Office { get; init; }

    public required string Division { get; init; }

    public required long Counted { get; init; }

    public required long Asked { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Ledger positions of the looks that counted, the last of them where they are many.</summary>
    public required IReadOnlyList<long> Positions { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required string State { get; init; }

    /// <summary>As it is kept until the desk has opened it; null when there is none, or it is erased.</summary>
    public string? Explanation { get; init; }

    /// <summary>Null where it is kept as it was typed.</summary>
    public string? ExplanationSalt { get; init; }

    public DateTimeOffset? ExplainedAt { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Why it was decided so; kept as <see cref="Explanation"/> is.</summary>
    public string? Note { get; init; }

    public string? NoteSalt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public static Alert Read(DbDataReader row) => new()
    {
        Id = row.GetFieldType(0) == typeof(Guid) ? row.GetGuid(0) : Guid.Parse(row.GetString(0)),
        Rule = row.GetString(1),
        Officer = row.GetString(2),
        Office = row.GetString(3),
        Division = row.GetString(4),
        Counted = row.GetInt64(5),
        Asked = row.GetInt64(6),
        From = row.Instant(7),
        To = row.Instant(8),
        Positions = [.. row.GetString(9).Split(',').Select(one => long.Parse(one, CultureInfo.InvariantCulture))],
        RaisedAt = row.Instant(10),
        State = row.GetString(11),
        Explanation = row.IsDBNull(12) ? null : row.GetString(12),
        ExplainedAt = row.IsDBNull(13) ? null : row.Instant(13),
        Outcome = row.IsDBNull(14) ? null : row.GetString(14),
        Note = row.IsDBNull(15) ? null : row.GetString(15),
        DecidedAt = row.IsDBNull(16) ? null : row.Instant(16),
        DecidedBy = row.IsDBNull(17) ? null : row.GetString(17),
        ExplanationSalt = row.IsDBNull(18) ? null : row.GetString(18),
        NoteSalt = row.IsDBNull(19) ? null : row.GetString(19),
    };
}
