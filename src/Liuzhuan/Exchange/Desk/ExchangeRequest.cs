using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Exchange.Desk;

/// <summary>A file that an agency hands in to be verified within a legal time, and what became of it.</summary>
internal sealed record ExchangeRequest
{
    private const string Columns = """
        select r.id, r.state, r.office, r.office_name, r.agency, r.agency_name, r.division, r.level, r.submitted_by, r.submitted_at, r.fact, r.purpose, r.provision, r.cadence, r.note,
            r.file_name, r.bytes, r.sha256, r.job, r.opened_by, r.opened_at, r.closed_by, r.closed_at, r.closed_office, r.closed_agency, r.closed_body, r.position, r.return_reason, c.due_at, c.provisional, r.liaison_office, r.return_words, r.ground
        from exchange_requests r left join clocks c on c.id = 'request/' || r.id
        """;

    /// <summary>Random, so that it cannot be guessed.</summary>
    public required string Id { get; init; }

    public required RequestState State { get; init; }

    /// <summary>Organ code of the office that asks.</summary>
    public required string Office { get; init; }

    public required string OfficeName { get; init; }

    public required string Agency { get; init; }

    public required string AgencyName { get; init; }

    /// <summary>Where it is answered: by the liaison of this division.</summary>
    public required string Division { get; init; }

    public required string Level { get; init; }

    /// <summary>Organ code of the office whose liaison it went to; empty where the directory names none.</summary>
    public required string LiaisonOffice { get; init; }

    public required string SubmittedBy { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required string Fact { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The id of the ground; null for requests of earlier versions, of which only the words were kept.</summary>
    public string? Ground { get; init; }

    /// <summary>The words of the ground, as they were when the request came.</summary>
    public required string Provision { get; init; }

    public required string Cadence { get; init; }

    public required string Note { get; init; }

    public required string FileName { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the file as it came, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its folder among the files of requests.</summary>
    public required string Job { get; init; }

    public string? OpenedBy { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Who released or returned it.</summary>
    public string? ClosedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedOffice { get; init; }

    public string? ClosedAgency { get; init; }

    /// <summary>The body that answered, by name.</summary>
    public string? ClosedBody { get; init; }

    /// <summary>Of the verified batch in the ledger.</summary>
    public long? Position { get; init; }

    /// <summary>Why it was sent back, sealed: see <see cref="Desk.ReturnWords"/>.</summary>
    public string? ReturnWords { get; init; }

    /// <summary>The same as it was typed, where it was sent back by an earlier version.</summary>
    public string? TypedReason { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public bool IsProvisional { get; init; }

    public bool IsOpen => State is RequestState.Submitted or RequestState.Opened;

    public string ClockId => "request/" + Id;

    /// <summary>What people call it by.</summary>
    public string Short => Id[^6..];

    public static async Task<ExchangeRequest?> FindAsync(DbConnection connection, string id, CancellationToken stop) =>
        (await connection.ListAsync(null, $"{Columns} where r.id = @id", Read, stop, ("id", id))) is [var one] ? one : null;

    /// <summary>Those that wait, by the end of their clock.</summary>
    public static Task<List<ExchangeRequest>> OpenAsync(DbConnection connection, int most, CancellationToken stop) =>
        connection.ListAsync(null, $"{Columns} where r.state in ('submitted', 'opened') order by case when c.due_at is null then 1 else 0 end, c.due_at, r.id limit @most", Read, stop, ("most", (long)most));

    /// <summary>Of one office, newest first.</summary>
    public static Task<List<ExchangeRequest>> OfOfficeAsync(DbConnection connection, string office, int most, CancellationToken stop) =>
        connection.ListAsync(null, $"{Columns} where r.office = @office order by r.submitted_at desc, r.id limit @most", Read, stop, ("office", office), ("most", (long)most));

    private static ExchangeRequest Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        State = RequestLaw.Read(row.GetString(1)),
        Office = row.GetString(2),
        OfficeName = row.GetString(3),
        Agency = row.GetString(4),
        AgencyName = row.GetString(5),
        Division = row.GetString(6),
        Level = row.GetString(7),
        SubmittedBy = row.GetString(8),
        SubmittedAt = row.Instant(9),
        Fact = row.GetString(10),
        Purpose = row.GetString(11),
        Provision = row.GetString(12),
        Cadence = row.GetString(13),
        Note = row.GetString(14),
        FileName = row.GetString(15),
        Bytes = row.GetInt64(16),
        Sha256 = row.GetString(17),
        Job = row.GetString(18),
        OpenedBy = Text(row, 19),
        OpenedAt = Instant(row, 20),
        ClosedBy = Text(row, 21),
        ClosedAt = Instant(row, 22),
        ClosedOffice = Text(row, 23),
        ClosedAgency = Text(row, 24),
        ClosedBody = Text(row, 25),
        Position = row.IsDBNull(26) ? null : row.GetInt64(26),
        TypedReason = Text(row, 27),
        DueAt = Instant(row, 28),
        IsProvisional = !row.IsDBNull(29) && row.GetBoolean(29),
        LiaisonOffice = row.GetString(30),
        ReturnWords = Text(row, 31),
        Ground = Text(row, 32),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);
}
