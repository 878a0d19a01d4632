using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Tests;

/// <summary>Schemas as the product's YAML files describe them.</summary>
internal static class TestSchemas
{
    public static readonly RegisterSchema Person = new("person", 1,
        [new SchemaKey("id_number", "citizen_number", [])],
        [
            Field("name", "name", required: true), Field("sex", "sex"), Field("birth_date", "date"), Field("ethnicity", "ethnicity"), Field("division", "division"),
            Field("status", "none", FieldRole.Status), Field("household_number", "none"), Field("relation_to_head", "none"),
            Field("former_names", "none", FieldRole.FormerValues, of: "name"), Field("superseded_by", "none", FieldRole.SupersededBy),
        ]);

    public static readonly RegisterSchema Kinship = new("kinship", 1,
        [new SchemaKey("person_number", "citizen_number", []), new SchemaKey("relative_number", "citizen_number", [])],
        [Field("relation", "family_relation", required: true), Field("status", "none", FieldRole.Status)]);

    public static readonly RegisterSchema Enterprise = new("enterprise", 1,
        [new SchemaKey("credit_code", "credit_code", [])],
        [Field("company_name", "text", required: true), Field("legal_representative", "name"), Field("division", "division"), Field("status", "none", FieldRole.Status)]);

    public static readonly RegisterSchema Property = new("property", 1,
        [new SchemaKey("unit_number", "text", [])],
        [Field("owner_number", "citizen_number"), Field("owner_name", "name", required: true), Field("division", "division"), Field("status", "none", FieldRole.Status)]);

    public static RegisterSchema? Find(string id) => id switch
    {
        "person" => Person,
        "kinship" => Kinship,
        "enterprise" => Enterprise,
        "property" => Property,
        _ => null,
    };

    private static SchemaField Field(string name, string comparer, FieldRole role = FieldRole.None, bool required = false, string? of = null) =>
        new(name, comparer, role, required, Disclosed: true, of, []);
}
