using System.Text;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Tests;

/// <summary>The text whose digest a register carries: if it changed, every register built before would be refused.</summary>
public class CanonicalTextTests
{
    [Fact]
    public void It_is_what_it_always_was()
    {
        var schema = new RegisterSchema(
            "person", 3,
            [new SchemaKey("id_number", "citizen_number", ["身份证号"])],
            [
                new SchemaField("name", "name", FieldRole.None, true, true, null, ["姓名"]), new SchemaField("status", "code", FieldRole.Status, false, false, null, []),
                new SchemaField("superseded_by", "none", FieldRole.SupersededBy, false, false, null, []), new SchemaField("former_names", "none", FieldRole.FormerValues, false, false, "name", []),
            ]);

        Assert.Equal(
            "person 3\nkey id_number citizen_number\nfield name name None True \nfield status code Status False \nfield superseded_by none SupersededBy False \nfield former_names none FormerValues False name\n",
            schema.CanonicalText);
        Assert.Equal(OfReflection(schema), schema.CanonicalText);
    }

    [Fact]
    public void Every_role_has_its_name()
    {
        foreach (var role in Enum.GetValues<FieldRole>())
        {
            var schema = new RegisterSchema("a", 1, [new SchemaKey("k", "text", [])], [new SchemaField("f", "text", role, false, false, null, [])]);
            Assert.Equal(OfReflection(schema), schema.CanonicalText);
        }
    }

    private static string OfReflection(RegisterSchema schema)
    {
        var text = new StringBuilder($"{schema.Id} {schema.Version}\n");
        foreach (var key in schema.Keys) text.Append($"key {key.Name} {key.Kind}\n");
        foreach (var column in schema.Fields) text.Append($"field {column.Name} {column.Comparer} {column.Role} {column.Required} {column.Of}\n");
        return text.ToString();
    }
}
