using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Entries;

/// <summary>A column of a sheet of the directory.</summary>
/// <param name="Id">Its code; also a heading that is understood.</param>
/// <param name="IsKey">Part of what tells entries apart.</param>
internal sealed record EntryColumn(string Id, Text Name, EntryForm Form, bool IsRequired = false, bool IsKey = false);

/// <summary>One kind of entry: a sheet of the spreadsheet, a section of the workbench.</summary>
/// <param name="Id">Its code, as stored and in addresses.</param>
/// <param name="Name">Also the name of its sheet.</param>
internal sealed record EntryKind(string Id, Text Name, params IReadOnlyList<EntryColumn> Columns)
{
    public static EntryKind Agency { get; } = new("agencies", new("单位", "Agencies"),
        new("code", new("统一社会信用代码", "Credit code"), EntryForm.Credit, true, true),
        new("name", new("单位名称", "Name"), EntryForm.Line, true),
        new("name_en", new("英文名称", "English name"), EntryForm.Line),
        new("branch", new("系统", "Branch"), EntryForm.Branch, true),
        new("level", new("级别", "Level"), EntryForm.Level, true),
        new("division", new("行政区划", "Division"), EntryForm.Division, true),
        new("telephone", new("电话", "Telephone"), EntryForm.Telephone),
        ValidFrom, ValidTo);

    public static EntryKind Office { get; } = new("offices", new("机构", "Offices"),
        new("code", new("机构代码", "Organ code"), EntryForm.Organ, true, true),
        new("name", new("机构名称", "Name"), EntryForm.Line, true),
        new("name_en", new("英文名称", "English name"), EntryForm.Line),
        new("agency", new("所属单位代码", "Agency's credit code"), EntryForm.Credit, true),
        new("level", new("级别", "Level"), EntryForm.Level, true),
        new("division", new("行政区划", "Division"), EntryForm.Division, true),
        new("parent", new("上级机构代码", "Parent's organ code"), EntryForm.Organ),
        new("address", new("地址", "Address"), EntryForm.Line),
        new("telephone", new("电话", "Telephone"), EntryForm.Telephone),
        ValidFrom, ValidTo);

    public static EntryKind Officer { get; } = new("officers", new("人员", "Officers"),
        new("id", new("工号", "Staff number"), EntryForm.Staff, true, true),
        new("name", new("姓名", "Name"), EntryForm.Line, true),
        new("name_en", new("姓名拼音", "Name in Latin letters"), EntryForm.Line),
        new("office", new("机构代码", "Organ code"), EntryForm.Organ, true),
        new("title", new("职务", "Post"), EntryForm.Line),
        new("telephone", new("电话", "Telephone"), EntryForm.Telephone),
        ValidFrom, ValidTo);

    public static EntryKind Liaison { get; } = new("liaisons", new("联络员", "Liaisons"),
        new("office", new("机构代码", "Organ code"), EntryForm.Organ, true, true),
        new("order", new("顺序", "Order"), EntryForm.Order, true, true),
        new("officer", new("工号", "Staff number"), EntryForm.Staff, true),
        ValidFrom, ValidTo);

    public static EntryKind Leave { get; } = new("leave", new("请假", "Leave"),
        new("officer", new("工号", "Staff number"), EntryForm.Staff, true, true),
        new("from", new("首日", "First day"), EntryForm.Day, true, true),
        new("to", new("末日", "Last day"), EntryForm.Day, true),
        new("reason", new("事由", "Reason"), EntryForm.Reason, true));

    /// <summary>All kinds, each after those it refers to.</summary>
    public static IReadOnlyList<EntryKind> All { get; } = [Agency, Office, Officer, Liaison, Leave];

    // Properties, because the kinds above are made before a field below them would be.
    private static EntryColumn ValidFrom => new("valid_from", new("启用日期", "Valid from"), EntryForm.Day);

    private static EntryColumn ValidTo => new("valid_to", new("停用日期", "Ended on"), EntryForm.Day);

    public IEnumerable<EntryColumn> Keys => Columns.Where(column => column.IsKey);

    public EntryColumn? Column(string id) => Columns.FirstOrDefault(column => column.Id == id);

    public static EntryKind? Find(string? id) => All.FirstOrDefault(kind => kind.Id == id);
}
