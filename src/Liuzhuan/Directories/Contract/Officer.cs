using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Contract;

/// <summary>Somebody who works in an office, by staff number.</summary>
internal sealed record Officer(string Id, Text Name, string Office, string Title, string Telephone, Term Term);
