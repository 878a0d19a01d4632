using System.Text;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Schemas;

/// <summary>What a register holds and how a question is compared with it: one or two key columns, then up to twelve fields.</summary>
public sealed class RegisterSchema
{
    public RegisterSchema(string id, int version, IReadOnlyList<SchemaKey> keys, IReadOnlyList<SchemaField> fields)
    {
        if (keys.Count is < 1 or > 2) throw new ArgumentException($"Schema {id} has {keys.Count} keys; one or two are possible.", nameof(keys));
        if (fields.Count > AnswerCore.MaxFields) throw new ArgumentException($"Schema {id} has {fields.Count} fields; {AnswerCore.MaxFields} are possible.", nameof(fields));
        (Id, Version, Keys, Fields) = (id, version, keys, fields);
    }

    /// <summary>Short stable name, for example <c>person</c>.</summary>
    public string Id { get; }

    public int Version { get; }

    public IReadOnlyList<SchemaKey> Keys { get; }

    public IReadOnlyList<SchemaField> Fields { get; }

    /// <summary>A question's key is one citizen number, so that duplicate keys are packed numbers of persons.</summary>
    public bool KeyIsCitizenNumber => Keys is [{ Kind: "citizen_number" }];

    /// <summary>Canonical text of everything that changes an answer or the stored form; its SHA-256 is the schema digest kept in a snapshot.</summary>
    public string CanonicalText
    {
        get
        {
            // Made at each opening of a register: names of roles are not looked up by reflection.
            var text = new StringBuilder(Id).Append(' ').Append(Version).Append('\n');
            foreach (var key in Keys) text.Append("key ").Append(key.Name).Append(' ').Append(key.Kind).Append('\n');
            foreach (var column in Fields) text.Append("field ").Append(column.Name).Append(' ').Append(column.Comparer).Append(' ').Append(NameOf(column.Role)).Append(column.Required ? " True " : " False ").Append(column.Of).Append('\n');
            return text.ToString();
        }
    }

    public byte[] Digest => ShortHash.Of(Encoding.UTF8.GetBytes(CanonicalText));

    private static string NameOf(FieldRole role) => role switch
    {
        FieldRole.None => nameof(FieldRole.None),
        FieldRole.Status => nameof(FieldRole.Status),
        FieldRole.SupersededBy => nameof(FieldRole.SupersededBy),
        FieldRole.FormerValues => nameof(FieldRole.FormerValues),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role of a field."),
    };

    /// <summary>Index of the field with <paramref name="role"/>, or -1.</summary>
    public int IndexOf(FieldRole role)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Role == role) return i;
        }

        return -1;
    }
}

/// <summary>One column of the key.</summary>
/// <param name="Name">Column name in the register file and in questions, for example <c>id_number</c>.</param>
/// <param name="Kind">A registered key kind: <c>citizen_number</c>, <c>credit_code</c> or <c>text</c>.</param>
/// <param name="Headers">Header synonyms, Chinese and English, by which request files name the column.</param>
public sealed record SchemaKey(string Name, string Kind, IReadOnlyList<string> Headers);

/// <summary>One field of a record.</summary>
/// <param name="Name">Column name in the register file; also the code in 不一致项.</param>
/// <param name="Comparer">A registered comparer: <c>name</c>, <c>sex</c>, <c>date</c>, <c>ethnicity</c>, <c>division</c>, <c>code</c>, <c>text</c>; or <c>none</c> for a field that is stored and never compared.</param>
/// <param name="Role">A field that steers the decision instead of being compared.</param>
/// <param name="Required">A question without this field is invalid (<c>name_missing</c>) and a file without its column is refused.</param>
/// <param name="Disclosed">May a full-disclosure answer compare and name this field.</param>
/// <param name="Of">For <see cref="FieldRole.FormerValues"/>: the field whose earlier values these are.</param>
/// <param name="Headers">Header synonyms by which request files name the column.</param>
public sealed record SchemaField(
    string Name, string Comparer, FieldRole Role, bool Required, bool Disclosed, string? Of, IReadOnlyList<string> Headers);

/// <summary>Fields that steer the decision.</summary>
public enum FieldRole : byte
{
    /// <summary>An ordinary field.</summary>
    None = 0,

    /// <summary>active | deceased | cancelled | changing.</summary>
    Status = 1,

    /// <summary>The key that replaced this record's key; empty for a live record.</summary>
    SupersededBy = 2,

    /// <summary>Earlier values of another field, joined by <c>|</c>.</summary>
    FormerValues = 3,
}
