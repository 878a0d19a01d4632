using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Registers.Contract;

/// <summary>A fact that can be asked about a person (核验事项), and how its register is asked.</summary>
/// <param name="Id">Stable code, for example <c>identity</c>.</param>
/// <param name="Schema">Schema of the register that answers.</param>
/// <param name="Number">The key column that takes the person's number.</param>
/// <param name="Name">The field that takes the person's name; null where the register has none.</param>
/// <param name="Given">Further key columns, which a question must give.</param>
/// <param name="Compared">Fields a question may ask to compare, as they are called in the schema.</param>
internal sealed record FactType(string Id, string Chinese, string English, RegisterSchema Schema, string Number, string? Name, IReadOnlyList<string> Given, IReadOnlyList<string> Compared);
