using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Somebody says that an access to them was wrong, or that rows of an answer are. It runs on the clock for data said to be wrong, and is answered in words.</summary>
internal sealed record Objection
{
    public const string Access = "access", Rows = "rows", Open = "open", Answered = "answered";

    /// <summary>The rule of its clock (data/clocks/rules.yaml).</summary>
    public const string Rule = "sharing-correction";

    private const string Columns = """
        select o.id, o.about, o.position, o.request_id, o.row_list, o.body, o.asked_by, o.office, o.agency, o.division, o.raised_by, o.raised_at, o.reason, o.words, o.state, o.outcome, o.answer, o.answered_by, o.answered_at
        from objections o
        """;

    /// <summary>Random, so that it cannot be guessed.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="Access"/> or <see cref="Rows"/>.</summary>
    public required string About { get; init; }

    /// <summary>Of the entry by which the person was looked up.</summary>
    public long? Position { get; init; }

    /// <summary>The request whose answer is disputed.</summary>
    public string? RequestId { get; init; }

    /// <summary>The disputed rows, as they were written.</summary>
    public required string RowList { get; init; }

    /// <summary>Who asked, or answered, in words.</summary>
    public required string Body { get; init; }

    /// <summary>The officer it is about, as the ledger names them; they do not decide it. Empty where no officer did it.</summary>
    public required string AskedBy { get; init; }

    public required string Office { get; init; }

    public required string Agency { get; init; }

    public required string Division { get; init; }

    /// <summary>As the ledger names who objects.</summary>
    public required string RaisedBy { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required string Reason { get; init; }

    /// <summary>Encrypted; see <see cref="ObjectionWords"/>.</summary>
    public required string Words { get; init; }

    public required string State { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Encrypted; empty while there is none.</summary>
    public required string Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public bool IsOpen => State == Open;

    public string ClockId => "objection/" + Id;

    /// <summary>What people call it by: enough to tell it from others, too little to open it.</summary>
    public string Short => Id[^6..];

    /// <summary>Where it is decided, for the one place that says who may.</summary>
    public PermissionTarget Target => PermissionTarget.Matter(Division, Office, Agency);

    public static async Task<Objection?> FindAsync(DbConnection connection, string id, CancellationToken stop) =>
        (await connection.ListAsync(null, $"{Columns} where o.id = @id", Read, stop, ("id", id))) is [var one] ? one : null;

    /// <summary>Of one person, newest first.</summary>
    public static Task<List<Objection>> OfAsync(DbConnection connection, string raisedBy, int most, CancellationToken stop) =>
        connection.ListAsync(null, $"{Columns} where o.raised_by = @by order by o.raised_at desc, o.id limit @most", Read, stop, ("by", raisedBy), ("most", (long)most));

    /// <summary>About the answer to a request, newest first.</summary>
    public static Task<List<Objection>> OfRequestAsync(DbConnection connection, string requestId, CancellationToken stop) =>
        connection.ListAsync(null, $"{Columns} where o.request_id = @id order by o.raised_at desc", Read, stop, ("id", requestId));

    /// <summary>Those that wait for an answer, by the end of their clock.</summary>
    public static Task<List<(Objection Objection, DateTimeOffset? DueAt)>> OpenAsync(DbConnection connection, int most, CancellationToken stop) => connection.ListAsync(
        null,
        $"{Columns.Replace("o.answered_at\n", "o.answered_at, c.due_at\n", StringComparison.Ordinal)} left join clocks c on c.id = 'objection/' || o.id where o.state = 'open' order by case when c.due_at is null then 1 else 0 end, c.due_at, o.id limit @most",
        row => (Read(row), row.IsDBNull(19) ? (DateTimeOffset?)null : row.Instant(19)),
        stop,
        ("most", (long)most));

    private static Objection Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        About = row.GetString(1),
        Position = row.IsDBNull(2) ? null : row.GetInt64(2),
        RequestId = row.IsDBNull(3) ? null : row.GetString(3),
        RowList = row.GetString(4),
        Body = row.GetString(5),
        AskedBy = row.GetString(6),
        Office = row.GetString(7),
        Agency = row.GetString(8),
        Division = row.GetString(9),
        RaisedBy = row.GetString(10),
        RaisedAt = row.Instant(11),
        Reason = row.GetString(12),
        Words = row.GetString(13),
        State = row.GetString(14),
        Outcome = row.IsDBNull(15) ? null : row.GetString(15),
        Answer = row.GetString(16),
        AnsweredBy = row.IsDBNull(17) ? null : row.GetString(17),
        AnsweredAt = row.IsDBNull(18) ? null : row.Instant(18),
    };
}
