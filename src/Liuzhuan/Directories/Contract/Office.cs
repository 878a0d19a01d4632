using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Contract;

/// <summary>A place where an agency works, by its organ code of 12 digits (GA 380), which is not taken apart.</summary>
/// <param name="Division">Six digits: where it stands, and what it is there for.</param>
/// <param name="Parent">Code of the office above it; empty when there is none.</param>
internal sealed record Office(string Code, Text Name, string Agency, OfficeLevel Level, string Division, string Parent, string Address, string Telephone, Term Term);
