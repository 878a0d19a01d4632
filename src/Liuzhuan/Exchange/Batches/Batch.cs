using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liuzhuan.Exchange.Batches;

/// <summary>A file of questions about one fact, from its announcement to its result.</summary>
internal sealed class Batch
{
    /// <summary>128 random bits in hex: who was not told it cannot guess it.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Under which the announcement may be repeated; null when it came without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the announcement's body, lower-case hex.</summary>
    public required string BodyDigest { get; init; }

    /// <summary>One of <see cref="BatchStates"/>.</summary>
    public required string State { get; set; }

    public required string Fact { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The file's name as the client knows it, with its extension.</summary>
    public required string Name { get; init; }

    /// <summary>Size of the whole file, as announced.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of the whole file, as announced; lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>"zh" or "en": headings, words and sentences of the result.</summary>
    public required string Language { get; init; }

    public string? Encoding { get; init; }

    /// <summary>Column choices as a JSON object.</summary>
    public required string Columns { get; init; }

    /// <summary>A day as yyyy-MM-dd until which the persons do not see that they were asked about.</summary>
    public string? SealedUntil { get; init; }

    /// <summary>Fields of the fact that the access did not cover when the file was announced, joined by a comma: they are not compared.</summary>
    public required string LeftOut { get; init; }

    /// <summary>The trace of its announcement (traceparent); null where nothing was traced.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public long ReceivedBytes { get; set; }

    /// <summary>When the file was there whole and sound.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public string? Lease { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>How often work on it was begun.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public long RowsDone { get; set; }

    /// <summary>How much of it is done, in thousandths.</summary>
    public int ShareDone { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? RefusalCode { get; set; }

    public string? RefusalZh { get; set; }

    public string? RefusalEn { get; set; }

    /// <summary>The figures that stay, as the ledger's leaf holds them (a JSON object).</summary>
    public string? Statement { get; set; }

    public long? Position { get; set; }

    public long? TreeSize { get; set; }

    public string? ResultSha256 { get; set; }

    public long? ResultBytes { get; set; }

    public string? ProblemsSha256 { get; set; }

    public long? ProblemsBytes { get; set; }

    /// <summary>From then on the contents cannot be had any more.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the last of the contents was gone.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The batch as it was when it was announced.</summary>
    public Batch AsOpened(TimeSpan keepUploads) => new()
    {
        Id = Id, ClientId = ClientId, IdempotencyKey = IdempotencyKey, BodyDigest = BodyDigest, State = BatchStates.Receiving, Fact = Fact, Purpose = Purpose, Name = Name,
        Bytes = Bytes, Sha256 = Sha256, Language = Language, Encoding = Encoding, Columns = Columns, SealedUntil = SealedUntil, LeftOut = LeftOut,
        OpenedAt = OpenedAt, ExpiresAt = OpenedAt + keepUploads,
    };

    /// <summary>May what was received or made still be read?</summary>
    public bool HasContents(DateTimeOffset now) => ErasedAt is null && (now < ExpiresAt || BatchStates.Unfinished.Contains(State));
}

/// <summary>Where a batch stands.</summary>
internal static class BatchStates
{
    public const string Receiving = "receiving", Waiting = "waiting", Running = "running", Done = "done", Refused = "refused", Cancelled = "cancelled", Failed = "failed";

    /// <summary>States of a batch whose file is there and has no outcome yet.</summary>
    public static readonly string[] Unfinished = [Waiting, Running];

    /// <summary>States that can still change by themselves.</summary>
    public static readonly string[] Open = [Receiving, Waiting, Running];
}

internal sealed class BatchTable : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder) => builder.ToTable("batches");
}
