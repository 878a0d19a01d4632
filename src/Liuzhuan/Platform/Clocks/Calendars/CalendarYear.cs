using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>What a notice says of one year: which days are off, and which weekend days are worked instead.</summary>
/// <param name="Division">Empty for the whole country; else the leading digits of the division codes (GB/T 2260) whose local days these are.</param>
/// <param name="Off">Days off with the holiday they belong to.</param>
/// <param name="Work">Weekend days that are worked, with the holiday they make up for.</param>
/// <param name="Text">The file, byte for byte as it was read, so that it can be kept and compared.</param>
internal sealed record CalendarYear(int Year, string Division, CalendarNotice Notice, IReadOnlyDictionary<DateOnly, Text> Off, IReadOnlyDictionary<DateOnly, Text> Work, string Text);

/// <summary>Who published a year.</summary>
/// <param name="Number">Document number, for example 国办发明电〔2024〕12号.</param>
/// <param name="Date">The day of the notice.</param>
/// <param name="Source">Where it can be read.</param>
/// <param name="Unverified">Which of number and date were not seen in the notice itself.</param>
internal sealed record CalendarNotice(string Title, string Number, DateOnly Date, string Source, IReadOnlyList<string> Unverified);
