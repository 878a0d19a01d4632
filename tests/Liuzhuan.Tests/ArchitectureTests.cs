using Mono.Cecil;

namespace Liuzhuan.Tests;

public class ArchitectureTests
{
    // The whole map. An arrow that is missing here, or here but no longer in the code, fails the build.
    // Commands is an edge like Program.cs: it plugs capabilities together and may know all of them.
    private static readonly string[] Arrows =
    [
        "Agreements -> Platform",
        "Agreements -> Registers.Contract",
        "Directories -> Platform",
        "Exchange -> Agreements.Contract",
        "Exchange -> Directories.Contract",
        "Exchange -> Platform",
        "Exchange -> Registers.Contract",
        "Exchange -> Supervision.Contract",
        "Registers -> Platform",
        "Supervision -> Platform",
    ];

    private static readonly string[] Edges = ["Commands"];

    [Fact]
    public void Capabilities_know_each_other_only_as_the_map_says()
    {
        var seen = from type in Types("liuzhuan.dll")
                   let user = Capability(type.FullName)
                   where user is not null && !Edges.Contains(user)
                   from name in Mentions(type)
                   let used = Capability(name)
                   where used is not null && used != user
                   let inContract = name.StartsWith($"Liuzhuan.{used}.Contract.", StringComparison.Ordinal)
                   select $"{user} -> {used}{(inContract ? ".Contract" : "")}";

        Assert.Equal(Arrows, seen.Distinct().Order());
    }

    [Fact]
    public void The_matching_engine_needs_only_the_runtime() =>
        Assert.All(ModuleDefinition.ReadModule(Built("Liuzhuan.Matching.dll")).AssemblyReferences, reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));

    private static IEnumerable<TypeDefinition> Types(string assembly) => ModuleDefinition.ReadModule(Built(assembly)).GetTypes();

    private static string Built(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    // "Liuzhuan.Exchange.Hall.Drop" -> "Exchange"; types beside Program.cs may know everyone.
    private static string? Capability(string typeName) => typeName.Split('/')[0].Split('.') is ["Liuzhuan", var name, _, ..] && name != "Matching" && !name.Contains('<', StringComparison.Ordinal) ? name : null;

    private static IEnumerable<string> Mentions(TypeDefinition type)
    {
        var references = new List<TypeReference?> { type.BaseType };
        references.AddRange(type.Interfaces.Select(face => face.InterfaceType));
        references.AddRange(type.Fields.Select(field => field.FieldType));
        references.AddRange(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        foreach (var method in type.Methods)
        {
            references.Add(method.ReturnType);
            references.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (!method.HasBody) continue;
            references.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
            foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
            {
                references.Add(operand as TypeReference);
                if (operand is not MemberReference member) continue;
                references.Add(member.DeclaringType);
                if (member is GenericInstanceMethod generic) references.AddRange(generic.GenericArguments);
            }
        }

        return references.OfType<TypeReference>().SelectMany(Unwrap).Select(reference => reference.FullName).Distinct();
    }

    private static IEnumerable<TypeReference> Unwrap(TypeReference type) =>
        type is GenericInstanceType generic ? generic.GenericArguments.SelectMany(Unwrap).Append(generic.ElementType) : [type.GetElementType()];
}
