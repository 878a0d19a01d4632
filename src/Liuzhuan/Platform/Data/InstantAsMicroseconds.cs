using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Liuzhuan.Platform.Data;

/// <summary>SQLite cannot order DateTimeOffset; an integer of microseconds sorts like PostgreSQL's timestamptz and keeps its precision.</summary>
internal sealed class InstantAsMicroseconds() : ValueConverter<DateTimeOffset, long>(
    instant => Instants.ToMicroseconds(instant),
    micros => Instants.FromMicroseconds(micros));
