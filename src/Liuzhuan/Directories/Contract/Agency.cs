using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Contract;

/// <summary>A body of the state or of public service, by its unified social credit code (GB 32100).</summary>
/// <param name="Branch">Code of the branch; bodies of one branch do the same work at different levels.</param>
internal sealed record Agency(string Code, Text Name, string Branch, OfficeLevel Level, string Division, string Telephone, Term Term);
