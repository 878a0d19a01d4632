using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests.Registers;

public class SchemaFileTests
{
    private const string Good = """
        id: pets
        version: 1
        keys:
          - {name: tag, kind: text, headers: [牌号, tag]}
        fields:
          - {name: owner, comparer: name, required: true, headers: [主人, owner]}
          - {name: earlier_owners, role: former_values, of: owner}
        """;

    [Fact]
    public void Every_shipped_schema_loads_under_its_own_id() =>
        Assert.All(SchemaCatalogue.Shipped, id => Assert.Equal(id, SchemaCatalogue.Find(id)!.Id));

    [Fact]
    public void The_shipped_schemas_are_what_their_files_say()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "data", "schemas"), "*.yaml");
        Assert.Equal(SchemaCatalogue.Shipped.Order(), files.Select(Path.GetFileNameWithoutExtension).Order());
        Assert.All(files, file =>
        {
            using var text = File.OpenText(file);
            Assert.True(SchemaFile.Read(text, file).Ok(out var written, out _));
            Assert.Equal(Shown(written), Shown(SchemaCatalogue.Find(written.Id)!));
        });

        static string Shown(RegisterSchema schema) => System.Text.Json.JsonSerializer.Serialize(schema);
    }

    [Fact]
    public void The_person_schema_has_the_columns_of_the_register_file_in_order()
    {
        var person = SchemaCatalogue.Find("person")!;
        Assert.Equal(
            "id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by",
            string.Join(',', person.Keys.Select(key => key.Name).Concat(person.Fields.Select(field => field.Name))));
        Assert.True(person.Fields[0].Required);
        Assert.Equal("name", person.Fields[person.IndexOf(FieldRole.FormerValues)].Of);
    }

    [Fact]
    public void Pairs_are_keyed_by_two_numbers()
    {
        Assert.Equal(2, SchemaCatalogue.Find("kinship")!.Keys.Count);
        Assert.Equal(2, SchemaCatalogue.Find("marriage")!.Keys.Count);
    }

    [Fact]
    public void An_own_schema_is_read()
    {
        Assert.True(Read(Good).Ok(out var schema, out _));
        Assert.Equal("pets", schema.Id);
        Assert.Equal(["牌号", "tag"], schema.Keys[0].Headers);
        Assert.Equal(FieldRole.FormerValues, schema.Fields[1].Role);
    }

    [Theory]
    [InlineData("id: pets", "id: Pets", "small letters")]
    [InlineData("version: 1", "version: one", "positive whole number")]
    [InlineData("kind: text", "kind: chip", "chip")]
    [InlineData("comparer: name", "comparer: smell", "smell")]
    [InlineData("required: true", "required: maybe", "true or false")]
    [InlineData("role: former_values", "role: formerly", "formerly")]
    [InlineData("of: owner", "of: nobody", "earlier values")]
    [InlineData("name: earlier_owners", "name: owner", "twice")]
    [InlineData("headers: [主人, owner]", "header: [主人]", "unknown key header")]
    [InlineData("version: 1", "version: [1", "not valid YAML")]
    public void A_mistake_is_refused_with_its_place_and_cause(string right, string wrong, string cause)
    {
        Assert.False(Read(Good.Replace(right, wrong, StringComparison.Ordinal)).Ok(out _, out var refusal));
        Assert.Equal("schema.unreadable", refusal.Code);
        Assert.Contains(cause, refusal.English, StringComparison.Ordinal);
        Assert.Contains("pets.yaml", refusal.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_lists_what_there_is()
    {
        Assert.False(SchemaCatalogue.Get("people").Ok(out _, out var refusal));
        Assert.Contains("person, kinship, marriage, property, enterprise", refusal.English, StringComparison.Ordinal);
    }

    private static Result<RegisterSchema> Read(string yaml) => SchemaFile.Read(new StringReader(yaml), "pets.yaml");
}
