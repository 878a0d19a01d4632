using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Registers;

/// <summary>
/// The shipped schemas as the program knows them from its start: what data/schemas/*.yaml say, which a test holds equal. A short command
/// needs one of them, and reading YAML would take it longer than answering.
/// </summary>
internal static class ShippedSchemas
{
    public static readonly IReadOnlyList<string> Ids = ["person", "kinship", "marriage", "property", "enterprise"];

    /// <summary>The shipped schema with this id, or null.</summary>
    public static RegisterSchema? Make(string id) => id switch
    {
        "person" => Person(),
        "kinship" => Kinship(),
        "marriage" => Marriage(),
        "property" => Property(),
        "enterprise" => Enterprise(),
        _ => null,
    };

    private static RegisterSchema Person() => new(
        "person",
        1,
        [
            new SchemaKey(
                "id_number",
                "citizen_number",
                [
                    "身份证号", "身份证号码", "身份证件号码", "身份证件号", "身份证", "公民身份号码", "公民身份证号码", "公民身份证号", "居民身份证号", "居民身份证号码", "居民身份证", "二代身份证号", "二代身份证号码", "身份号码", "身份证编号", "证件号码",
                    "证件号", "证件编号", "有效证件号码", "有效身份证件号码", "身份证明号码", "被核查人身份证号", "被核查人身份证号码", "被核查人公民身份号码", "被核查人证件号码", "被核验人身份证号", "被核验人身份证号码", "被查询人身份证号",
                    "被查询人身份证号码", "被查询人证件号码", "身份證號", "身份證號碼", "身份證件號碼", "公民身份號碼", "居民身份證號碼", "申请人身份证号", "申请人身份证号码",
                    "申请人证件号码", "当事人身份证号", "当事人身份证号码", "当事人证件号码", "学生身份证号", "学生身份证号码", "学生身份证件号码", "员工身份证号", "员工身份证号码", "职工身份证号", "职工身份证号码", "本人身份证号", "本人身份证号码",
                    "人员身份证号", "人员身份证号码", "ID number", "id_number", "id", "id no", "id no.", "id card", "id card no", "id card number", "identity number", "identity no",
                    "identity card number", "identity card no", "citizen id", "citizen id number", "citizen number", "citizen identity number", "national id",
                    "national id number", "resident id", "resident id number", "resident identity card number", "document number", "certificate number", "idnumber",
                    "idno", "idcard", "id_card", "id_no", "ID号", "ID号码", "SFZH", "SFZHM", "GMSFHM", "GMSFZH", "ZJHM",
                ]),
        ],
        [
            Compared(
                "name",
                "name",
                true,
                [
                    "姓名", "名字", "姓 名", "中文姓名", "真实姓名", "被核查人", "被核查人姓名", "被核验人", "被核验人姓名", "被查询人", "被查询人姓名", "核查对象", "核查对象姓名", "申请人", "申请人姓名", "当事人", "当事人姓名", "学生姓名", "学生", "考生姓名",
                    "人员姓名", "员工姓名", "职工姓名", "本人姓名", "公民姓名", "居民姓名", "户主姓名", "拟录用人员", "拟录用人员姓名", "被执行人", "被执行人姓名", "参保人姓名", "name", "full name", "fullname", "full_name",
                    "person name", "person_name", "chinese name", "applicant", "applicant name", "student name", "employee name", "name of person", "citizen name",
                    "人名", "XM",
                ]),
            Compared(
                "sex",
                "sex",
                false,
                [
                    "性别", "性別", "性别代码", "sex", "gender", "sex code", "XB",
                ]),
            Compared(
                "birth_date",
                "date",
                false,
                [
                    "出生日期", "出生年月日", "出生年月", "出生时间", "出生日", "生日", "date of birth", "birth_date", "birth date", "birthdate", "dob", "birthday", "d.o.b.", "CSRQ",
                ]),
            Compared(
                "ethnicity",
                "ethnicity",
                false,
                [
                    "民族", "族别", "民族代码", "民族名称", "ethnicity", "ethnic group", "nationality group", "ethnic", "nation", "MZ",
                ]),
            Compared(
                "division",
                "division",
                false,
                [
                    "户籍区划", "行政区划", "户籍地区划代码", "户籍区划代码", "户籍地区划", "户籍行政区划", "户籍所在地区划", "户籍所在地区划代码", "户籍所在地行政区划", "户籍地行政区划", "户籍地行政区划代码", "行政区划代码", "区划代码", "区划", "省市县区",
                    "户籍省市县区", "division", "division code", "administrative division", "administrative division code", "region code", "hukou division",
                    "household registration division",
                ]),
            Kept("status", FieldRole.Status),
            Kept("household_number"),
            Kept("relation_to_head"),
            Kept("former_names", FieldRole.FormerValues, "name"),
            Kept("superseded_by", FieldRole.SupersededBy),
        ]);

    private static RegisterSchema Kinship() => new(
        "kinship",
        1,
        [
            new SchemaKey(
                "person_number",
                "citizen_number",
                [
                    "本人身份证号", "本人身份证号码", "本人公民身份号码", "申请人身份证号", "申请人身份证号码", "身份证号", "身份证号码", "公民身份号码", "person number", "person_number", "person id", "person id number",
                    "id number", "id",
                ]),
            new SchemaKey(
                "relative_number",
                "citizen_number",
                [
                    "亲属身份证号", "亲属身份证号码", "亲属公民身份号码", "亲属证件号码", "关系人身份证号", "关系人身份证号码", "关系人公民身份号码", "对方身份证号", "relative number", "relative_number", "relative id",
                    "relative id number",
                ]),
        ],
        [
            Compared(
                "relation",
                "family_relation",
                true,
                [
                    "亲属关系", "关系", "与本人关系", "与申请人关系", "家庭关系", "关系代码", "relation", "relationship", "family relation", "kinship",
                ]),
            Kept("status", FieldRole.Status),
        ]);

    private static RegisterSchema Marriage() => new(
        "marriage",
        1,
        [
            new SchemaKey(
                "person_number",
                "citizen_number",
                [
                    "本人身份证号", "本人身份证号码", "本人公民身份号码", "男方身份证号", "男方身份证号码", "申请人身份证号", "身份证号", "身份证号码", "公民身份号码", "person number", "person_number", "person id",
                    "person id number", "id number", "id",
                ]),
            new SchemaKey(
                "spouse_number",
                "citizen_number",
                [
                    "配偶身份证号", "配偶身份证号码", "配偶公民身份号码", "配偶证件号码", "女方身份证号", "女方身份证号码", "spouse number", "spouse_number", "spouse id", "spouse id number",
                ]),
        ],
        [
            Compared(
                "marital_status",
                "code",
                false,
                [
                    "婚姻状况", "婚姻状况代码", "婚姻状态", "marital status", "marital_status",
                ]),
            Compared(
                "registered_on",
                "date",
                false,
                [
                    "登记日期", "结婚登记日期", "婚姻登记日期", "结婚日期", "registration date", "registered_on", "registered on", "date of registration",
                ]),
            Compared(
                "certificate_number",
                "text",
                false,
                [
                    "证书编号", "结婚证字号", "结婚证号", "婚姻证件字号", "证字号", "certificate number", "certificate_number", "certificate no",
                ]),
            Kept("status", FieldRole.Status),
        ]);

    private static RegisterSchema Property() => new(
        "property",
        1,
        [
            new SchemaKey(
                "unit_number",
                "text",
                [
                    "不动产单元号", "单元号", "不动产单元代码", "房屋编号", "不动产权证号", "unit number", "unit_number", "property unit number", "property number", "unit no",
                ]),
        ],
        [
            Compared(
                "owner_number",
                "citizen_number",
                false,
                [
                    "权利人证件号码", "权利人身份证号", "权利人身份证号码", "产权人身份证号", "产权人身份证号码", "身份证号", "身份证号码", "公民身份号码", "owner number", "owner_number", "owner id", "owner id number",
                ]),
            Compared(
                "owner_name",
                "name",
                true,
                [
                    "权利人", "权利人姓名", "产权人", "产权人姓名", "房主姓名", "姓名", "owner name", "owner_name", "owner", "name",
                ]),
            Compared(
                "division",
                "division",
                false,
                [
                    "坐落区划", "行政区划", "区划代码", "行政区划代码", "坐落区划代码", "division", "division code", "administrative division",
                ]),
            Kept("status", FieldRole.Status),
        ]);

    private static RegisterSchema Enterprise() => new(
        "enterprise",
        1,
        [
            new SchemaKey(
                "credit_code",
                "credit_code",
                [
                    "统一社会信用代码", "社会信用代码", "信用代码", "企业统一社会信用代码", "单位统一社会信用代码", "credit code", "credit_code", "unified social credit code", "uscc",
                ]),
        ],
        [
            Compared(
                "company_name",
                "text",
                true,
                [
                    "企业名称", "单位名称", "公司名称", "名称", "机构名称", "市场主体名称", "company name", "company_name", "company", "enterprise name", "organisation name",
                    "organization name", "name",
                ]),
            Compared(
                "legal_representative",
                "name",
                false,
                [
                    "法定代表人", "法人代表", "法人", "法定代表人姓名", "负责人", "legal representative", "legal_representative",
                ]),
            Compared(
                "division",
                "division",
                false,
                [
                    "登记区划", "行政区划", "区划代码", "行政区划代码", "注册地区划", "登记地区划代码", "division", "division code", "administrative division",
                ]),
            Kept("status", FieldRole.Status),
        ]);

    private static SchemaField Compared(string name, string comparer, bool isRequired, string[] headers) => new(name, comparer, FieldRole.None, isRequired, true, null, headers);

    private static SchemaField Kept(string name, FieldRole role = FieldRole.None, string? of = null) => new(name, "none", role, false, true, of, []);
}
