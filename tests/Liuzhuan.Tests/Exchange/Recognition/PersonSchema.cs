using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Tests.Exchange.Recognition;

/// <summary>A schema of persons with the commonest headings.</summary>
internal static class PersonSchema
{
    public static RegisterSchema Value { get; } = new("person", 1,
        [new SchemaKey("id_number", "citizen_number", ["身份证号", "身份证号码", "身份证件号码", "身份证", "公民身份号码", "公民身份证号码", "证件号码", "证件号", "居民身份证号码", "被核查人身份证号", "id", "id number", "id no", "id card", "identity number", "citizen id"])],
        [
            Field("name", "name", true, "姓名", "名字", "被核查人", "被核查人姓名", "申请人姓名", "学生姓名", "人员姓名", "户主姓名", "name", "full name"),
            Field("sex", "sex", false, "性别", "sex", "gender"),
            Field("birth_date", "date", false, "出生日期", "出生年月日", "生日", "birth date", "date of birth", "dob"),
            Field("ethnicity", "ethnicity", false, "民族", "ethnicity", "ethnic group"),
            Field("division", "division", false, "户籍区划", "户籍地区划", "行政区划", "区划代码", "户籍所在地区划", "division"),
            new SchemaField("status", "none", FieldRole.Status, false, false, null, ["status"]),
        ]);

    private static SchemaField Field(string name, string comparer, bool required, params string[] headers) => new(name, comparer, FieldRole.None, required, true, null, headers);
}
